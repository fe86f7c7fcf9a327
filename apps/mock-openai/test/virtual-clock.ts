import type { Clock } from '../src/schedule/clock';

/** A clock that a test turns. Timeouts come `jitterMs(n)` off their time (n counts them), as an event loop's do. */
export class VirtualClock implements Clock {
  private nowMs: number;
  private readonly waiting = new Map<number, { atMs: number; callback: () => void }>();
  wakes = 0;

  constructor(
    startMs = 0,
    private readonly jitterMs: (wake: number) => number = () => 0,
  ) {
    this.nowMs = startMs;
  }

  now(): number {
    return this.nowMs;
  }

  wakeAfter(delayMs: number, callback: () => void): () => void {
    const id = ++this.wakes;
    // A timeout may come early, but the loop always turns a little.
    const atMs = Math.max(this.nowMs + delayMs + this.jitterMs(id), this.nowMs + 0.01);
    this.waiting.set(id, { atMs, callback });
    return () => this.waiting.delete(id);
  }

  get waitingCalls(): number {
    return this.waiting.size;
  }

  /** Moves time forward, timeout by timeout. */
  runUntil(endMs: number): void {
    for (;;) {
      const next = [...this.waiting].sort(([, left], [, right]) => left.atMs - right.atMs)[0];
      if (next === undefined || next[1].atMs > endMs) break;
      this.waiting.delete(next[0]);
      this.nowMs = Math.max(this.nowMs, next[1].atMs);
      next[1].callback();
    }
    this.nowMs = Math.max(this.nowMs, endMs);
  }
}
