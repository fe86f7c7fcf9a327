/** Which part of a schedule a process carries: the `index`-th of `count` equal ones. */
export interface Share {
  readonly index: number;
  readonly count: number;
}

/** The whole schedule, for a process that runs alone. */
export const WHOLE: Share = { index: 0, count: 1 };

/** How many of `total` numbered things fall to a share; shares differ by one at most and add up to all. */
export function sizeOfShare(total: number, { index, count }: Share): number {
  return Math.floor(total / count) + (index < total % count ? 1 : 0);
}
