import type { Time } from './pacer';

/** Node hands longer delays to the timer as 1 ms. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** The real passing of time. @param clock milliseconds from the run's start */
export function realTime(clock: () => number): Time {
  return {
    now: clock,
    wakeAfter: (delayMs, wake) => {
      const timer = setTimeout(wake, Math.min(delayMs, LONGEST_DELAY_MS));
      return () => clearTimeout(timer);
    },
    wakeSoon: (wake) => {
      const immediate = setImmediate(wake);
      return () => clearImmediate(immediate);
    },
  };
}
