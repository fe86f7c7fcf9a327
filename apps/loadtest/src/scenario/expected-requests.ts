import type { Scenario } from './scenario';

/** How many samples a percentile needs before it is shown: ten beyond it on average. */
export const samplesNeeded = { p99: 1_000, p999: 10_000 } as const;

/** Mean of the uniform think time, in seconds. */
export function meanThinkTime({ min, max }: { readonly min: number; readonly max: number }): number {
  return (min + max) / 2;
}

/**
 * The most requests that can start in the window: exact for open arrivals, an upper bound for closed ones (answers that
 * take no time). Infinite when users do not think.
 */
export function expectedRequests({ arrival, duration }: Scenario): number {
  if ('open' in arrival) return arrival.open.rate * duration;
  return (arrival.closed.users / meanThinkTime(arrival.closed.thinkTime)) * duration;
}
