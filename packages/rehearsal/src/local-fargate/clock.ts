import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

/** Time as everything here sees it, in seconds; tests pass a virtual one. */
export interface Clock {
  /** Seconds since some fixed moment; never goes back. */
  now(): number;
  /** Resolves after so many seconds, or at once when the signal aborts: the caller looks at the signal. */
  sleep(seconds: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own monotonic clock. */
export const systemClock: Clock = {
  now: () => performance.now() / 1000,
  async sleep(seconds, signal) {
    try {
      await delay(seconds * 1000, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      if (signal?.aborted !== true) throw error;
    }
  },
};
