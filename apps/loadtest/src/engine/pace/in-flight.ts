/** What can be chained into `InFlight`. */
export interface Link<T> {
  older: T | undefined;
  younger: T | undefined;
  readonly intendedMs: number;
}

/**
 * Everything that waits for its end, in the order in which it was started. All have the same time limit, so the oldest is the
 * first whose time is up, and no timer per request is needed.
 */
export class InFlight<T extends Link<T>> {
  #oldest: T | undefined;
  #youngest: T | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get oldest(): T | undefined {
    return this.#oldest;
  }

  add(item: T): void {
    item.older = this.#youngest;
    item.younger = undefined;
    if (this.#youngest === undefined) this.#oldest = item;
    else this.#youngest.younger = item;
    this.#youngest = item;
    this.#size += 1;
  }

  /** Puts one in another's place. */
  replace(item: T, successor: T): void {
    successor.older = item.older;
    successor.younger = item.younger;
    if (item.older === undefined) this.#oldest = successor;
    else item.older.younger = successor;
    if (item.younger === undefined) this.#youngest = successor;
    else item.younger.older = successor;
    item.older = item.younger = undefined;
  }

  remove(item: T): void {
    if (item.older === undefined) this.#oldest = item.younger;
    else item.older.younger = item.younger;
    if (item.younger === undefined) this.#youngest = item.older;
    else item.younger.older = item.older;
    item.older = item.younger = undefined;
    this.#size -= 1;
  }

  /** @yields {T} from the oldest to the youngest */
  *[Symbol.iterator](): Generator<T> {
    for (let item = this.#oldest; item !== undefined; item = item.younger) yield item;
  }
}
