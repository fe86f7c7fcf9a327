/**
 * A token bucket: lets `ratePerSecond` through in the long run, and after a pause a burst of at most one second's worth.
 * It knows no clock; times are in ms from any fixed origin.
 */
export class TokenBucket {
  private readonly capacity: number;
  private readonly perMs: number;
  private tokens: number;
  private filledMs: number;

  constructor(ratePerSecond: number, nowMs: number) {
    // A bucket below one request would never let anything through.
    this.capacity = Math.max(1, ratePerSecond);
    this.perMs = ratePerSecond / 1000;
    this.tokens = this.capacity;
    this.filledMs = nowMs;
  }

  /** @returns 0 when the request may pass, else the ms after which the next one may */
  take(nowMs: number): number {
    this.tokens = Math.min(this.capacity, this.tokens + (nowMs - this.filledMs) * this.perMs);
    this.filledMs = nowMs;
    // The margin is for dust: a hundred steps of 0.01 do not quite make 1.
    if (this.tokens >= 1 - 1e-9) {
      this.tokens -= 1;
      return 0;
    }
    return (1 - this.tokens) / this.perMs;
  }
}
