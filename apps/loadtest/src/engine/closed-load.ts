import type { ClosedArrival } from '../scenario/scenario';
import { firstStartMs } from '../schedule/ramp-up';
import { type RandomStream, userStreams } from '../schedule/random-stream';
import type { Share } from '../schedule/share';
import { drawThinkTimeMs } from '../schedule/think-time';
import type { Carrier, Dispatcher, Load } from './load';
import { WakeQueue } from './pace/wake-queue';

/** How long a user who could not connect waits at least: the first time, and at most. */
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 100;

/** A user of this process, by the place in its list. */
interface User<C> {
  /** The number among the users of all processes. */
  readonly number: number;
  readonly random: RandomStream;
  readonly carrier: C;
  requests: number;
  pauseMs: number;
}

/** What a closed load is made of. */
export interface ClosedLoadOptions<C extends Carrier> {
  readonly arrival: ClosedArrival;
  readonly seed: number;
  readonly share: Share;
  /** No request is meant to start from here on. */
  readonly endMs: number;
  readonly newCarrier: (slot: number) => C;
  readonly dispatcher: Dispatcher<C>;
}

/**
 * Users who each wait for the answer, think, and ask again over their own connection. A request is meant to start when the
 * answer before it came plus the think time. User u belongs to process u mod N. One who could not connect pauses for 10 ms,
 * doubling to 100 ms, if the think time is shorter: a user without think time would otherwise do nothing but fail.
 */
export class ClosedLoad<C extends Carrier> implements Load<C> {
  readonly #options: ClosedLoadOptions<C>;
  readonly #users: User<C>[] = [];
  readonly #thinking: WakeQueue;

  constructor(options: ClosedLoadOptions<C>) {
    this.#options = options;
    const { arrival, seed, share } = options;
    let number = 0;
    for (const random of userStreams(seed)) {
      if (number === arrival.users) break;
      if (number % share.count === share.index)
        this.#users.push({
          number,
          random,
          carrier: options.newCarrier(this.#users.length),
          requests: 0,
          pauseMs: FIRST_PAUSE_MS,
        });
      number += 1;
    }
    this.#thinking = new WakeQueue(this.#users.length);
    for (const [slot, user] of this.#users.entries())
      this.#wakeAt(firstStartMs(user.number, arrival.users, arrival.rampUp), slot);
  }

  get dueMs(): number {
    return this.#thinking.earliest;
  }

  run(nowMs: number): void {
    const intendedMs = this.#thinking.earliest;
    const user = this.#user(this.#thinking.take());
    const index = user.requests * this.#options.arrival.users + user.number;
    user.requests += 1;
    this.#options.dispatcher.dispatch(user.carrier, index, intendedMs, nowMs);
  }

  ended({ slot }: C, nowMs: number, connected: boolean): void {
    const user = this.#user(slot);
    const thinkMs = drawThinkTimeMs(this.#options.arrival.thinkTime, user.random);
    if (connected) user.pauseMs = FIRST_PAUSE_MS;
    this.#wakeAt(nowMs + (connected ? thinkMs : Math.max(thinkMs, user.pauseMs)), slot);
    if (!connected) user.pauseMs = Math.min(user.pauseMs * 2, LONGEST_PAUSE_MS);
  }

  close(): void {
    for (const { carrier } of this.#users) carrier.connection.destroy();
  }

  #wakeAt(timeMs: number, slot: number): void {
    if (timeMs < this.#options.endMs) this.#thinking.add(timeMs, slot);
  }

  #user(slot: number): User<C> {
    const user = this.#users[slot];
    if (user === undefined) throw new RangeError(`no user ${slot}`);
    return user;
  }
}
