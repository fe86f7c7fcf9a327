import type { FailureClass, SeriesSecond } from '../measurement/measurement';
import { encodePairs, MicrosecondHistogram } from './microsecond-histogram';

const DIGITS = 2;

/** The seconds of a run, counted from the window's start; what happens before is left out. Kept small: latencies as sparse pairs. */
export class SecondSeries {
  readonly #started: number[] = [];
  readonly #succeeded: number[] = [];
  readonly #failed: Partial<Record<FailureClass, number>>[] = [];
  readonly #latencies: number[][] = [];
  readonly #current = new MicrosecondHistogram(DIGITS);
  #currentSecond = 0;

  /** @param atMs the intended start, from the window's start; requests come in this order, give or take their lag */
  started(atMs: number): void {
    if (atMs >= 0) increment(this.#started, Math.floor(atMs / 1_000));
  }

  /** @param atMs the completion, from the window's start, never earlier than the one before */
  succeeded(atMs: number, latencyUs: number): void {
    if (atMs < 0) return;
    const second = Math.floor(atMs / 1_000);
    if (second !== this.#currentSecond) this.#turnTo(second);
    increment(this.#succeeded, second);
    this.#current.record(latencyUs);
  }

  failed(atMs: number, failureClass: FailureClass): void {
    if (atMs < 0) return;
    const byClass = (this.#failed[Math.floor(atMs / 1_000)] ??= {});
    byClass[failureClass] = (byClass[failureClass] ?? 0) + 1;
  }

  /** Every second from the window's start to the last one in which anything happened, quiet ones too. */
  toSeconds(): SeriesSecond[] {
    this.#turnTo(this.#currentSecond + 1);
    const length = Math.max(this.#started.length, this.#succeeded.length, this.#failed.length);
    return Array.from({ length }, (_, second) => {
      const failedByClass = this.#failed[second] ?? {};
      const pairs = this.#latencies[second];
      return {
        second,
        started: this.#started[second] ?? 0,
        succeeded: this.#succeeded[second] ?? 0,
        failed: Object.values(failedByClass).reduce((sum, count) => sum + count, 0),
        failedByClass,
        ...(pairs === undefined ? {} : { latency: encodePairs(pairs, DIGITS) }),
      };
    });
  }

  #turnTo(second: number): void {
    if (this.#current.count > 0) this.#latencies[this.#currentSecond] = this.#current.toPairs();
    this.#current.clear();
    this.#currentSecond = second;
  }
}

function increment(counts: number[], index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}
