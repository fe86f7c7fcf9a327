/** The middle one; between the two in the middle of an even number. */
export function median(values: readonly number[]): number {
  const rising = values.toSorted((left, right) => left - right);
  const middle = rising.length >> 1;
  const upper = rising[middle] ?? NaN;
  return rising.length % 2 === 1 ? upper : ((rising[middle - 1] ?? NaN) + upper) / 2;
}

/** The middle of the ratios within each round: what slows a round down slows both, and divides out. */
export function medianRatio(values: readonly number[], others: readonly number[]): number {
  return median(values.map((value, round) => value / (others[round] ?? NaN)));
}

/** The smallest value that a share of all, given by value and count, does not exceed. */
export function quantileOf(counts: readonly (readonly [value: number, count: number])[], quantile: number): number {
  const rising = counts.toSorted(([left], [right]) => left - right);
  const total = rising.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  return rising.find(([, count]) => (seen += count) >= quantile * total)?.[0] ?? NaN;
}
