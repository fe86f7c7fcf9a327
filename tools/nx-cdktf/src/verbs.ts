import { existsSync } from 'node:fs';
import path from 'node:path';
import { applyPlan, type Applying } from './apply-plan';
import { notInitialised, refuseLocked } from './explain-failure';
import type { SynthesizedStack } from './find-stack';
import { lookAtState } from './look-at-state';
import { forgetPlan, makePlan, type Planning } from './make-plan';
import { MANIFEST } from './plan-files';
import { fetchPlan, keepPlan, type PlanStore } from './plan-store';
import { reusePlan } from './reuse-plan';
import { policyFindings, reviewPlan } from './review-plan';
import { siblingMovedAsPlanned, siblingWillChangeOutputs } from './sibling-plans';

/** What can be done with a synthesized stack. */
export const VERBS = ['plan', 'review', 'apply', 'drift', 'inventory', 'deploy', 'destroy', 'outputs'] as const;
export type Verb = (typeof VERBS)[number];

/** Those that change an account, for which the environment must be named. */
export const CHANGING: ReadonlySet<Verb> = new Set(['apply', 'deploy', 'destroy']);

/** Whether a word of the command line is a verb. */
export function isVerb(word: string): word is Verb {
  return (VERBS as readonly string[]).includes(word);
}

/** What happens to plans beside being made: they are kept for another job, and one that still stands may be reused. */
export const PLAN_KEEPING = ['keep', 'reuse'] as const;

/** Where and with what a verb is done. */
export interface Surroundings
  extends Omit<Planning, 'willChangeOutputs' | 'movedAsPlanned'>, Pick<Applying, 'approvedPlans'> {
  /** The workspace's folder. */
  readonly root: string;
  readonly useColor: boolean;
  /** @default - plans stay beside their stacks */
  readonly planKeeping?: (typeof PLAN_KEEPING)[number];
  /** Told why Terraform could not plan, in its words. @default - only its output says so */
  readonly tellReason?: (reason: string) => void;
  /** Where plans are kept. @throws {InputError} where they cannot be */
  readonly store: () => Promise<PlanStore>;
}

/**
 * Does one verb to one stack with Terraform itself: the same state and the same result as `cdktf deploy`, without a second synthesis.
 * @returns an exit code; a later step is not tried after a failed one
 * @throws {InputError} when nothing was done: a backend out of reach, a locked state, a plan that is refused
 */
export async function runVerb(
  verb: Verb,
  stack: SynthesizedStack,
  flags: readonly string[],
  around: Surroundings,
): Promise<number> {
  if (verb === 'review') return reviewPlan(stack, around.root, around.useColor);
  const { terraform, root } = around;
  if (verb === 'apply') await bringApproved(stack, around);
  // Before anything can fail: a plan of another time is none of this one.
  if (verb === 'plan') forgetPlan(stack.folder);
  // What prints something for programs to read prints nothing else.
  const init = await terraform(
    stack.folder,
    ['init', '-input=false'],
    ...(verb === 'outputs' ? [{ capture: true } as const] : []),
  );
  if (init.code === INTERRUPTED) return init.code;
  if (init.code !== 0) throw notInitialised(stack, init);
  switch (verb) {
    case 'plan':
      return plan(stack, flags, around);
    case 'apply':
      return applyPlan(stack, { ...around, ...siblings(around), policy: () => policyFindings(root, stack) });
    case 'drift':
    case 'inventory':
      return lookAtState(verb, stack, flags, terraform);
    case 'deploy':
    case 'destroy': {
      const step = verb === 'deploy' ? 'apply' : 'destroy';
      const result = await terraform(stack.folder, [step, '-input=false', '-auto-approve', ...flags]);
      refuseLocked(stack, result);
      return result.code;
    }
    case 'outputs':
      return (await terraform(stack.folder, ['output', '-json', ...flags])).code;
  }
}

const INTERRUPTED = 130;

/** What the plans of other stacks of the workspace tell. */
function siblings({ root, environment, now }: Surroundings): Pick<Planning, 'willChangeOutputs' | 'movedAsPlanned'> {
  return {
    willChangeOutputs: (reader, state) => siblingWillChangeOutputs(root, environment, reader, state, now),
    movedAsPlanned: (reader, moved) => siblingMovedAsPlanned(root, environment, reader, moved),
  };
}

async function plan(stack: SynthesizedStack, flags: readonly string[], around: Surroundings): Promise<number> {
  const { planKeeping } = around;
  const planning: Planning = { ...around, ...siblings(around) };
  if (planKeeping === 'reuse' && (await reusePlan(stack, await around.store(), planning)) !== undefined) return 0;
  const { code, manifest, reason } = await makePlan(stack, flags, planning);
  if (reason !== undefined) around.tellReason?.(reason);
  if (planKeeping !== undefined && manifest !== undefined && manifest.planned !== null)
    await keepPlan(stack, manifest, await around.store());
  return code;
}

/** In another job than the plan's there is nothing beside the stack yet: the approved plan is fetched. */
async function bringApproved(stack: SynthesizedStack, { approvedPlans = [], store }: Surroundings): Promise<void> {
  if (approvedPlans.length === 0 || existsSync(path.join(stack.folder, MANIFEST))) return;
  const kept = await store();
  const known = await kept.list(stack.id);
  const approved = approvedPlans.find((candidate) => known.includes(candidate));
  if (approved !== undefined) await fetchPlan(stack, approved, kept);
}
