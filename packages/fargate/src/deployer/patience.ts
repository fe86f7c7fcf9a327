/** A clock that can wait; real in AWS, virtual in tests. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** An attempt's outcome: done with a value, or not yet, with the reason. */
export type Attempt<T> = { readonly done: true; readonly value: T } | { readonly done: false; readonly reason: string };

/** Thrown when time runs out; carries why the last attempt was not enough. */
export class OutOfPatience extends Error {
  constructor(
    readonly seconds: number,
    readonly lastReason: string,
  ) {
    super(`gave up after ${seconds} s: ${lastReason}`);
    this.name = 'OutOfPatience';
  }
}

/** Between two attempts: short enough not to be felt, long enough to stay far below any API's rate limit. */
const PAUSE_MS = 5_000;

/**
 * Tries until an attempt is done.
 * @throws {OutOfPatience} when the next attempt would start after `deadline` (milliseconds since 1970), and whatever an attempt throws
 */
export async function patiently<T>(clock: Clock, deadline: number, attempt: () => Promise<Attempt<T>>): Promise<T> {
  const start = clock.now();
  for (;;) {
    const outcome = await attempt();
    if (outcome.done) return outcome.value;
    if (clock.now() + PAUSE_MS > deadline) {
      throw new OutOfPatience(Math.round((clock.now() - start) / 1000), outcome.reason);
    }
    await clock.sleep(PAUSE_MS);
  }
}
