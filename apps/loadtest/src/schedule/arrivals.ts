import type { RandomStream } from './random-stream';
import type { Share } from './share';

/** The times of successive arrivals, in milliseconds from the schedule's start, without end. */
export type ArrivalTimes = Iterator<number, never>;

/**
 * Arrivals that know nothing of one another: gaps are exponential with the mean 1/rate (per second), and the number in any slot
 * is Poisson.
 * @yields {number} the time of each arrival, in milliseconds
 */
export function* poissonArrivals(rate: number, random: RandomStream): Generator<number, never> {
  const meanGapMs = 1_000 / rate;
  let time = 0;
  for (;;) {
    // 1 - u is in (0, 1]: never the logarithm of zero.
    time -= Math.log(1 - random()) * meanGapMs;
    yield time;
  }
}

/**
 * Arrivals evenly spaced, each in the middle of its slot of 1/rate, so that a window of whole slots holds exactly rate x length.
 * @yields {number} the time of each arrival, in milliseconds
 */
export function* uniformArrivals(rate: number): Generator<number, never> {
  for (let arrival = 0; ; arrival += 1) yield ((arrival + 0.5) * 1_000) / rate;
}

/**
 * One process's part of an arrival process: the i-th arrival belongs to share i mod count, so that the shares together are the
 * very schedule that one process would have, and any part of a Poisson process chosen so is as even as the others.
 */
export class ArrivalShare {
  readonly #times: ArrivalTimes;
  readonly #share: Share;
  #index: number;
  #time: number;

  constructor(times: ArrivalTimes, share: Share) {
    this.#times = times;
    this.#share = share;
    this.#index = share.index;
    this.#time = this.#skip(share.index);
  }

  /** When the next arrival is due, in milliseconds from the schedule's start. */
  get time(): number {
    return this.#time;
  }

  /** The next arrival's number among the arrivals of all shares. */
  get index(): number {
    return this.#index;
  }

  /** Goes on to the arrival after the next. */
  advance(): void {
    this.#index += this.#share.count;
    this.#time = this.#skip(this.#share.count - 1);
  }

  #skip(others: number): number {
    for (let skipped = 0; skipped < others; skipped += 1) this.#times.next();
    return this.#times.next().value;
  }
}
