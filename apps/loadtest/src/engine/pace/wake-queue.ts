/** Numbered sleepers by the time at which they want to be woken: a binary heap that allocates nothing once it is made. */
export class WakeQueue {
  readonly #times: Float64Array;
  readonly #sleepers: Uint32Array;
  #size = 0;

  /** @param capacity how many may sleep at once */
  constructor(capacity: number) {
    this.#times = new Float64Array(capacity);
    this.#sleepers = new Uint32Array(capacity);
  }

  /** The earliest time; Infinity when nobody sleeps. */
  get earliest(): number {
    return this.#size === 0 ? Infinity : this.#timeAt(0);
  }

  /** @throws {RangeError} when all places are taken */
  add(time: number, sleeper: number): void {
    if (this.#size === this.#times.length) throw new RangeError('more sleepers than there are');
    let place = this.#size;
    this.#size += 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (this.#timeAt(parent) <= time) break;
      this.#move(parent, place);
      place = parent;
    }
    this.#put(place, time, sleeper);
  }

  /** Wakes the earliest. @throws {RangeError} when nobody sleeps */
  take(): number {
    if (this.#size === 0) throw new RangeError('nobody sleeps');
    const woken = this.#sleepers[0] ?? 0;
    this.#size -= 1;
    this.#sink(this.#timeAt(this.#size), this.#sleepers[this.#size] ?? 0);
    return woken;
  }

  #sink(time: number, sleeper: number): void {
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && this.#timeAt(child + 1) < this.#timeAt(child)) child += 1;
      if (time <= this.#timeAt(child)) break;
      this.#move(child, place);
      place = child;
    }
    this.#put(place, time, sleeper);
  }

  #timeAt(place: number): number {
    return this.#times[place] ?? Infinity;
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#timeAt(from), this.#sleepers[from] ?? 0);
  }

  #put(place: number, time: number, sleeper: number): void {
    this.#times[place] = time;
    this.#sleepers[place] = sleeper;
  }
}
