import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SynthesizedStack } from './find-stack';
import type { Terraform } from './terraform';

/** What can be done with a synthesized stack. */
export const VERBS = ['plan', 'deploy', 'destroy', 'outputs'] as const;
export type Verb = (typeof VERBS)[number];

/**
 *
 */
/** Whether a word of the command line is a verb. */
export function isVerb(word: string): word is Verb {
  return (VERBS as readonly string[]).includes(word);
}

/**
 * Does one verb to one stack with Terraform itself: the same state and the same result as `cdktf deploy`, without a second synthesis.
 * @returns Terraform's exit code; a later step is not tried after a failed one
 */
export async function runVerb(
  verb: Verb,
  stack: SynthesizedStack,
  flags: readonly string[],
  terraform: Terraform,
): Promise<number> {
  const init = await terraform(
    stack.folder,
    ['init', '-input=false', ...(verb === 'outputs' ? ['-upgrade=false'] : [])],
    ...(verb === 'outputs' ? [{ capture: true } as const] : []),
  );
  if (init.code !== 0) return init.code;
  switch (verb) {
    case 'plan':
      return plan(stack, flags, terraform);
    case 'deploy':
      return (await terraform(stack.folder, ['apply', '-input=false', '-auto-approve', ...flags])).code;
    case 'destroy':
      return (await terraform(stack.folder, ['destroy', '-input=false', '-auto-approve', ...flags])).code;
    case 'outputs':
      return (await terraform(stack.folder, ['output', '-json', ...flags])).code;
  }
}

/** Saves `plan.bin` and, for reviewers, `plan.json` beside the synthesized stack. */
async function plan(stack: SynthesizedStack, flags: readonly string[], terraform: Terraform): Promise<number> {
  const planned = await terraform(stack.folder, ['plan', '-input=false', '-out=plan.bin', ...flags]);
  if (planned.code !== 0) return planned.code;
  const shown = await terraform(stack.folder, ['show', '-json', 'plan.bin'], { capture: true });
  if (shown.code !== 0) return shown.code;
  writeFileSync(path.join(stack.folder, 'plan.json'), shown.output);
  return 0;
}
