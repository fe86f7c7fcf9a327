import type { OpenArrival } from '../scenario/scenario';
import { ArrivalShare, poissonArrivals, uniformArrivals } from '../schedule/arrivals';
import { randomStream } from '../schedule/random-stream';
import { type Share, sizeOfShare } from '../schedule/share';
import type { Carrier, Dispatcher, Load } from './load';

/** What an open load is made of. */
export interface OpenLoadOptions<C extends Carrier> {
  readonly arrival: OpenArrival;
  readonly seed: number;
  readonly share: Share;
  /** No request is meant to start from here on. */
  readonly endMs: number;
  readonly newCarrier: (slot: number) => C;
  readonly dispatcher: Dispatcher<C>;
}

/**
 * Requests that arrive whether or not earlier ones have been answered. Each takes the connection that was used last, or a new
 * one when all are busy, up to `maxInFlight`. One that has to wait until it may open its connection takes another's as soon as
 * that becomes free, as connection pools do: otherwise a target that halts for a moment would be met with thousands of new
 * connections, just when it has the least time for them.
 */
export class OpenLoad<C extends Carrier> implements Load<C> {
  readonly #options: OpenLoadOptions<C>;
  readonly #arrivals: ArrivalShare;
  readonly #limit: number;
  readonly #all: C[] = [];
  /** Free carriers, the last used on top; their sockets may have been closed since. */
  readonly #free: C[] = [];
  readonly #closed: C[] = [];
  /** Carriers that had to wait for their connection when they were started, the oldest first; most no longer do. */
  #waiting: C[] = [];
  #firstWaiting = 0;

  constructor(options: OpenLoadOptions<C>) {
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
    const carrier = this.#take();
    if (carrier === undefined) {
      this.#options.dispatcher.refuse(time, nowMs);
      return;
    }
    this.#options.dispatcher.dispatch(carrier, index, time, nowMs);
    if (carrier.connection.waiting) this.#waiting.push(carrier);
  }

  ended(carrier: C, nowMs: number): void {
    const waiting = carrier.connection.open ? this.#takeWaiting() : undefined;
    if (waiting === undefined) this.#free.push(carrier);
    else {
      this.#options.dispatcher.handOver(waiting, carrier, nowMs);
      this.#closed.push(waiting);
    }
  }

  close(): void {
    for (const { connection } of this.#all) connection.destroy();
  }

  #takeWaiting(): C | undefined {
    while (this.#firstWaiting < this.#waiting.length) {
      const oldest = this.#waiting[this.#firstWaiting];
      this.#firstWaiting += 1;
      if (oldest?.connection.waiting === true) return oldest;
    }
    if (this.#waiting.length > 0) {
      this.#waiting = [];
      this.#firstWaiting = 0;
    }
    return undefined;
  }

  #take(): C | undefined {
    for (let free = this.#free.pop(); free !== undefined; free = this.#free.pop()) {
      if (free.connection.open) return free;
      this.#closed.push(free);
    }
    return this.#closed.pop() ?? this.#grow();
  }

  #grow(): C | undefined {
    if (this.#all.length >= this.#limit) return undefined;
    const carrier = this.#options.newCarrier(this.#all.length);
    this.#all.push(carrier);
    return carrier;
  }
}
