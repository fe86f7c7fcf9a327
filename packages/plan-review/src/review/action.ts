import type { ResourceChange } from '../plan/plan-json';
import type { Review, ReviewedChange } from './review-schema';

/** What happens to a resource, in one word. */
export type Action = ReviewedChange['action'];

/** Managed resources by what happens to them; a replacement counts once, as replace. Moves and imports count beside the action. */
export type Counts = Review['counts'];

/** Terraform writes a replacement as two actions, in the order in which they happen. */
export function actionOf({ change: { actions } }: Pick<ResourceChange, 'change'>): Action {
  if (actions.includes('create') && (actions.includes('delete') || actions.includes('forget'))) return 'replace';
  return actions[0] ?? 'no-op';
}

/** True for a replacement whose successor stands before its predecessor goes. */
export function createsBeforeDestroying({ change: { actions } }: Pick<ResourceChange, 'change'>): boolean {
  return actions[0] === 'create' && actions.length > 1;
}

/** True for what is brought under Terraform's care. */
export function isImported({ change: { importing } }: Pick<ResourceChange, 'change'>): boolean {
  return importing !== null && importing !== undefined;
}

/** Counts what Terraform's own summary line counts (where a replacement is one to add and one to destroy). */
export function countActions(changes: readonly ResourceChange[]): Counts {
  const counts = { create: 0, update: 0, replace: 0, delete: 0, import: 0, move: 0, forget: 0, read: 0 };
  for (const change of changes) {
    const action = actionOf(change);
    if (change.mode === 'data') {
      if (action === 'read') counts.read += 1;
      continue;
    }
    if (action !== 'no-op') counts[action] += 1;
    if (change.previous_address !== undefined) counts.move += 1;
    if (isImported(change)) counts.import += 1;
  }
  return counts;
}

/** The counts of several stacks together. */
export function addCounts(all: readonly Counts[]): Counts {
  return all.reduce(
    (sum, counts) => ({
      create: sum.create + counts.create,
      update: sum.update + counts.update,
      replace: sum.replace + counts.replace,
      delete: sum.delete + counts.delete,
      import: sum.import + counts.import,
      move: sum.move + counts.move,
      forget: sum.forget + counts.forget,
      read: sum.read + counts.read,
    }),
    countActions([]),
  );
}
