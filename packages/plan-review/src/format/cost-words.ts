import type { Review } from '../review/review-schema';

type Cost = Review['cost'];
/** Below this the difference is one of rounding. */
const LEAST = 0.00005;

/** True when the plans hold anything that has a price. */
export function hasCost({ hourlyBefore, hourlyAfter }: Cost): boolean {
  return hourlyBefore > 0 || hourlyAfter > 0;
}

/** `$1.05 an hour (before: $0.79, +$0.26)`; undefined when the plans hold nothing that has a price. */
export function costInWords(cost: Cost): string | undefined {
  if (!hasCost(cost)) return undefined;
  const notCounted = cost.notCounted.length > 0 ? `; not counted: ${cost.notCounted.join(', ')}` : '';
  return `${dollars(cost.hourlyAfter)} an hour (${changeInWords(cost)}), ${cost.basis}${notCounted}`;
}

/** `before: $0.79, +$0.26`, or that nothing changed. */
export function changeInWords({ hourlyBefore, hourlyAfter }: Pick<Cost, 'hourlyBefore' | 'hourlyAfter'>): string {
  return isSame(hourlyBefore, hourlyAfter)
    ? 'unchanged'
    : `before: ${dollars(hourlyBefore)}, ${differenceInWords(hourlyAfter - hourlyBefore)}`;
}

/** The resources of which the price changes. */
export function changedCosts({ resources }: Cost): Cost['resources'] {
  return resources.filter(({ hourlyBefore, hourlyAfter }) => !isSame(hourlyBefore, hourlyAfter));
}

/** `+$0.26`. */
export function differenceInWords(difference: number): string {
  return `${difference > 0 ? '+' : '-'}${dollars(Math.abs(difference))}`;
}

/** `$0.79`; small amounts with four places. */
export function dollars(amount: number): string {
  return `$${amount.toFixed(amount > 0 && amount < 0.1 ? 4 : 2)}`;
}

function isSame(before: number, after: number): boolean {
  return Math.abs(after - before) < LEAST;
}
