/** Someone who wants to open a connection. */
export interface Caller {
  /** It may now. Must be followed by one `leave` of the gate. */
  admitted(): void;
}

/**
 * Lets a bounded number of connections be in the making at once. All at once would overflow the target's SYN backlog, and what
 * overflows waits a second for its retransmission.
 */
export class ConnectGate {
  readonly #limit: number;
  readonly #waiting = new Set<Caller>();
  #inside = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Admits the caller now, or when others have left, in the order of arrival. */
  enter(caller: Caller): void {
    if (this.#inside < this.#limit) this.#admit(caller);
    else this.#waiting.add(caller);
  }

  /** The caller no longer wants to. */
  giveUp(caller: Caller): void {
    this.#waiting.delete(caller);
  }

  /** One connection is made, or has failed. */
  leave(): void {
    this.#inside -= 1;
    const [next] = this.#waiting;
    if (next === undefined) return;
    this.#waiting.delete(next);
    this.#admit(next);
  }

  #admit(caller: Caller): void {
    this.#inside += 1;
    caller.admitted();
  }
}
