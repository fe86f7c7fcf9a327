import type { Rewriting } from './rewriting';

/** A container on its way to becoming a local process. */
export interface ProcessDraft {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** The health check's command as ECS has it, `['CMD', …]` or `['CMD-SHELL', line]`. */
  readonly healthCommand?: readonly string[];
}

/** A draft after a step, with all that the step changed. */
export interface Rewritten {
  readonly draft: ProcessDraft;
  readonly rewritings: readonly Rewriting[];
}

/** Runs every text of a draft (arguments, values of variables, the health check) through one replacement. */
export function rewriteTexts(draft: ProcessDraft, why: string, replace: (text: string) => string): Rewritten {
  const rewritings: Rewriting[] = [];
  const rewrite = (before: string, place: string): string => {
    const after = replace(before);
    if (after !== before) rewritings.push({ container: draft.name, place, before, after, why });
    return after;
  };
  const command = draft.command.map((text, index) => rewrite(text, `command[${index}]`));
  const environment = Object.fromEntries(
    Object.entries(draft.environment).map(([name, value]) => [name, rewrite(value, `environment.${name}`)]),
  );
  const healthCommand = draft.healthCommand?.map((text, index) => rewrite(text, `healthCheck.command[${index}]`));
  return {
    draft: { ...draft, command, environment, ...(healthCommand === undefined ? {} : { healthCommand }) },
    rewritings,
  };
}

/** Applies steps one after the other and gathers what they changed. */
export function rewriteInSteps(draft: ProcessDraft, steps: readonly ((draft: ProcessDraft) => Rewritten)[]): Rewritten {
  return steps.reduce<Rewritten>(
    (sofar, step) => {
      const next = step(sofar.draft);
      return { draft: next.draft, rewritings: [...sofar.rewritings, ...next.rewritings] };
    },
    { draft, rewritings: [] },
  );
}
