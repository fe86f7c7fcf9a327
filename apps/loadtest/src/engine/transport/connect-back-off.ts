import type { Failure } from '../failure';

/** How long the target is left alone after the first failed connection, and at most. Short, so that its return is noticed. */
const FIRST_MS = 1;
const LONGEST_MS = 20;

/**
 * Spares a target that refuses connections, and the generator's own CPU: while a pause lasts no connection is tried, and
 * requests fail with the words of the last attempt. Pauses double up to 20 ms, so that at most 50 connections a second are
 * tried in vain, and at most 20 ms of requests fail after the target has come back. Times are milliseconds of one clock.
 */
export class ConnectBackOff {
  #pauseMs = FIRST_MS;
  #untilMs = -Infinity;
  #failure: Failure | undefined;

  /** Why a connection need not be tried now; undefined when it may be. */
  refusal(nowMs: number): Failure | undefined {
    return nowMs < this.#untilMs ? this.#failure : undefined;
  }

  succeeded(): void {
    this.#pauseMs = FIRST_MS;
    this.#untilMs = -Infinity;
    this.#failure = undefined;
  }

  failed(failure: Failure, nowMs: number): void {
    // Attempts that were under way together are one sign of trouble, not several.
    if (nowMs < this.#untilMs) return;
    this.#failure = failure;
    this.#untilMs = nowMs + this.#pauseMs;
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_MS);
  }
}
