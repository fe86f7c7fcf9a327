import { applyPlan } from './apply-plan';
import type { SynthesizedStack } from './find-stack';
import { makePlan } from './make-plan';
import { policyFindings, reviewPlan } from './review-plan';
import { siblingWillChangeOutputs } from './sibling-plans';
import type { Terraform } from './terraform';

/** What can be done with a synthesized stack. */
export const VERBS = ['plan', 'review', 'apply', 'deploy', 'destroy', 'outputs'] as const;
export type Verb = (typeof VERBS)[number];

/** Those that change an account, for which the environment must be named. */
export const CHANGING: ReadonlySet<Verb> = new Set(['apply', 'deploy', 'destroy']);

/** Whether a word of the command line is a verb. */
export function isVerb(word: string): word is Verb {
  return (VERBS as readonly string[]).includes(word);
}

/** Where and with what a verb is done. */
export interface Surroundings {
  /** The workspace's folder. */
  readonly root: string;
  readonly environment: string;
  readonly gitCommit: string | null;
  /** SHA-256 of the plan that a person approved, if any did. */
  readonly approvedPlan: string | undefined;
  readonly now: Date;
  readonly useColor: boolean;
  readonly terraform: Terraform;
}

/**
 * Does one verb to one stack with Terraform itself: the same state and the same result as `cdktf deploy`, without a second synthesis.
 * @returns an exit code; a later step is not tried after a failed one
 */
export async function runVerb(
  verb: Verb,
  stack: SynthesizedStack,
  flags: readonly string[],
  around: Surroundings,
): Promise<number> {
  if (verb === 'review') return reviewPlan(stack, around.root, around.useColor);
  const { terraform, root, environment } = around;
  // What prints something for programs to read prints nothing else.
  const init = await terraform(
    stack.folder,
    ['init', '-input=false'],
    ...(verb === 'outputs' ? [{ capture: true } as const] : []),
  );
  if (init.code !== 0) return init.code;
  switch (verb) {
    case 'plan':
      return makePlan(stack, flags, {
        ...around,
        willChangeOutputs: (name, state) => siblingWillChangeOutputs(root, environment, name, state),
      });
    case 'apply':
      return applyPlan(stack, { ...around, policy: (folder) => policyFindings(root, folder) });
    case 'deploy':
      return (await terraform(stack.folder, ['apply', '-input=false', '-auto-approve', ...flags])).code;
    case 'destroy':
      return (await terraform(stack.folder, ['destroy', '-input=false', '-auto-approve', ...flags])).code;
    case 'outputs':
      return (await terraform(stack.folder, ['output', '-json', ...flags])).code;
  }
}
