/** The share of a core that may be spent on waiting precisely. */
const SHARE = 0.04;
/** What may be saved up for a while of many short waits, in milliseconds. */
const MOST_SAVED_MS = 20;
/** What a timer cannot tell apart: nothing longer is worth a turn. */
const LONGEST_MS = 1;

/**
 * Node's timers know whole milliseconds alone, so that whatever waits for one is late by half a millisecond on average. Turning the
 * event loop without sleeping is exact, and costs a core. This keeps the account of how much of that may be done: at a hundred
 * requests a second it is enough for all of them, and at thousands for the short waits, which gain the most for the least. It
 * never shows in the generator's CPU, nor takes the target's.
 */
export class SpinAllowance {
  #savedMs = MOST_SAVED_MS;
  #countedUntilMs: number | undefined;

  /** How long a wait may be to be spent turning, in milliseconds: less, the less is left. */
  longestMs(nowMs: number): number {
    const earned = (nowMs - (this.#countedUntilMs ?? nowMs)) * SHARE;
    this.#countedUntilMs = nowMs;
    this.#savedMs = Math.min(MOST_SAVED_MS, this.#savedMs + earned);
    return (LONGEST_MS * Math.max(0, this.#savedMs)) / MOST_SAVED_MS;
  }

  spend(elapsedMs: number): void {
    this.#savedMs -= elapsedMs;
  }
}
