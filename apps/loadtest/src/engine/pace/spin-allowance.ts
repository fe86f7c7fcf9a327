/** The share of a core that may be spent on waiting precisely. */
const SHARE = 0.04;
/** What may be saved up for a while of many short waits, in milliseconds. */
const MOST_SAVED_MS = 20;

/**
 * Node's timers know whole milliseconds alone, so that whatever waits for one is late by half a millisecond on average. Turning the
 * event loop without sleeping is exact, and costs a core. This keeps the account of how much of that may be done: enough to
 * make a hundred requests a second punctual, and never so much that it shows in the generator's CPU or takes the target's.
 */
export class SpinAllowance {
  #savedMs = MOST_SAVED_MS;
  #countedUntilMs: number | undefined;

  /** Whether there is anything to spend. */
  available(nowMs: number): boolean {
    const earned = (nowMs - (this.#countedUntilMs ?? nowMs)) * SHARE;
    this.#countedUntilMs = nowMs;
    this.#savedMs = Math.min(MOST_SAVED_MS, this.#savedMs + earned);
    return this.#savedMs > 0;
  }

  spend(elapsedMs: number): void {
    this.#savedMs -= elapsedMs;
  }
}
