import type { Counts } from '../review/action';
import type { Review, ReviewedChange } from '../review/review';

/** `2 to create, 1 to replace`; `no changes` when nothing is. */
export function countsInWords(counts: Counts): string {
  const parts = (['create', 'update', 'replace', 'delete', 'import', 'move', 'forget'] as const)
    .filter((action) => counts[action] > 0)
    .map((action) => `${counts[action]} to ${action}`);
  return parts.length > 0 ? parts.join(', ') : 'no changes';
}

/** Why a resource is replaced, with old and new where they are known: `availability_zone ("a" -> "b")`. */
export function replacedBecauseInWords(change: ReviewedChange, show: (value: unknown) => string): string[] {
  return change.replacedBecause.map((path) => {
    const attribute = change.attributes.find((candidate) => candidate.path === path);
    return attribute === undefined ? path : `${path} (${show(attribute.before)} -> ${show(attribute.after)})`;
  });
}

/** The mark of an action, as Terraform draws it. */
export function markOf(change: ReviewedChange): string {
  const marks = {
    create: '+',
    update: '~',
    replace: '-/+',
    delete: '-',
    read: '<=',
    forget: '.',
    'no-op': change.importedAs === undefined ? '>' : '<-',
  } as const;
  return marks[change.action];
}

/** The verdict in a sentence: `critical: replaces aws_db_instance.main, which holds data`. */
export function verdictInWords({ verdict }: Review): string {
  return `${verdict.risk}: ${verdict.reason}`;
}

/** `$1.05 an hour (before: $0.79, +$0.26)`; undefined when the plans hold nothing that has a price. */
export function costInWords({ cost }: Review): string | undefined {
  const { hourlyBefore, hourlyAfter } = cost;
  if (hourlyBefore === 0 && hourlyAfter === 0) return undefined;
  const difference = hourlyAfter - hourlyBefore;
  const change =
    Math.abs(difference) < 0.00005
      ? 'unchanged'
      : `before: ${dollars(hourlyBefore)}, ${difference > 0 ? '+' : '-'}${dollars(Math.abs(difference))}`;
  return `${dollars(hourlyAfter)} an hour (${change}), ${cost.basis}${cost.notCounted.length > 0 ? `; not counted: ${cost.notCounted.join(', ')}` : ''}`;
}

function dollars(amount: number): string {
  return `$${amount.toFixed(amount < 0.1 ? 4 : 2)}`;
}
