import type { OpenArrival } from '../scenario/scenario';
import { ArrivalShare, poissonArrivals, uniformArrivals } from '../schedule/arrivals';
import { randomStream } from '../schedule/random-stream';
import { type Share, sizeOfShare } from '../schedule/share';
import type { Exchange } from './exchange';
import type { Dispatcher, Load } from './load';

/** What an open load is made of. */
export interface OpenLoadOptions {
  readonly arrival: OpenArrival;
  readonly seed: number;
  readonly share: Share;
  /** No request is meant to start from here on. */
  readonly endMs: number;
  readonly newExchange: (slot: number) => Exchange;
  readonly dispatcher: Dispatcher;
}

/**
 * Requests that arrive whether or not earlier ones have been answered. Each takes the connection that was used last, or a new
 * one when all are busy, up to `maxInFlight`.
 */
export class OpenLoad implements Load {
  readonly #options: OpenLoadOptions;
  readonly #arrivals: ArrivalShare;
  readonly #limit: number;
  readonly #all: Exchange[] = [];
  /** Free exchanges, the last used on top; their sockets may have been closed since. */
  readonly #free: Exchange[] = [];
  readonly #closed: Exchange[] = [];

  constructor(options: OpenLoadOptions) {
    this.#options = options;
    const { arrival, seed, share } = options;
    const times =
      arrival.process === 'uniform'
        ? uniformArrivals(arrival.rate)
        : poissonArrivals(arrival.rate, randomStream(seed, 'arrivals'));
    this.#arrivals = new ArrivalShare(times, share);
    this.#limit = sizeOfShare(arrival.maxInFlight, share);
  }

  get dueMs(): number {
    return this.#arrivals.time < this.#options.endMs ? this.#arrivals.time : Infinity;
  }

  run(nowMs: number): void {
    const { time, index } = this.#arrivals;
    this.#arrivals.advance();
    const exchange = this.#take();
    if (exchange === undefined) this.#options.dispatcher.refuse(time, nowMs);
    else this.#options.dispatcher.dispatch(exchange, index, time, nowMs);
  }

  ended(exchange: Exchange): void {
    this.#free.push(exchange);
  }

  close(): void {
    for (const { connection } of this.#all) connection.destroy();
  }

  #take(): Exchange | undefined {
    for (let free = this.#free.pop(); free !== undefined; free = this.#free.pop()) {
      if (free.connection.open) return free;
      this.#closed.push(free);
    }
    return this.#closed.pop() ?? this.#grow();
  }

  #grow(): Exchange | undefined {
    if (this.#all.length >= this.#limit) return undefined;
    const exchange = this.#options.newExchange(this.#all.length);
    this.#all.push(exchange);
    return exchange;
  }
}
