import type { Clock } from '../src/deployer/patience';

/** A clock on which waiting takes no time. */
export function virtualClock(): Clock & { readonly elapsedSeconds: () => number } {
  let now = 0;
  return {
    now: () => now,
    sleep: (milliseconds) => {
      now += milliseconds;
      return Promise.resolve();
    },
    elapsedSeconds: () => now / 1000,
  };
}
