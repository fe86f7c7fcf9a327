import { REVIEW_FACTS_OUTPUT, reviewFactSchema, type ReviewFact } from '@loadlab/foundation';
import type { PlanJson } from '../plan/plan-json';
import { isObject } from '../values/masks';

/** What a stack tells reviewers, before and after its plan. */
export interface StackFacts {
  readonly before: readonly ReviewFact[];
  readonly after: readonly ReviewFact[];
  /** How many could not be read: of another version, or not known before apply. */
  readonly unread: number;
}

/** Reads the facts in a plan's outputs; none where the stack offers none. */
export function factsIn(plan: PlanJson): StackFacts {
  const change = plan.output_changes?.[REVIEW_FACTS_OUTPUT];
  if (change === undefined) return { before: [], after: [], unread: 0 };
  const after = listed(change.after);
  const read = after.flatMap(readFact);
  const isHidden = change.after_unknown === true || (after.length === 0 && isObject(change.after));
  return {
    before: listed(change.before).flatMap(readFact),
    after: read,
    unread: isHidden ? 1 : after.length - read.length,
  };
}

function readFact(value: unknown): ReviewFact[] {
  // HCL gives the elements of one list the same attributes: those that do not apply are null.
  const given = isObject(value) ? Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null)) : value;
  const parsed = reviewFactSchema.safeParse(given);
  return parsed.success ? [parsed.data] : [];
}

function listed(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
