import type { Clock } from '../../src/local-fargate/clock';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A clock that stands still until a test moves it, in seconds. */
export class VirtualClock implements Clock {
  private time = 0;
  private sleepers: Sleeper[] = [];

  now(): number {
    return this.time;
  }

  sleep(seconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper: Sleeper = {
        until: this.time + seconds,
        wake: () => {
          this.sleepers = this.sleepers.filter((other) => other !== sleeper);
          signal?.removeEventListener('abort', sleeper.wake);
          resolve();
        },
      };
      this.sleepers.push(sleeper);
      signal?.addEventListener('abort', sleeper.wake);
    });
  }

  /** Lets so many seconds pass, waking sleepers one by one in the order of their times. */
  async advance(seconds: number): Promise<void> {
    const end = this.time + seconds;
    for (;;) {
      await settled();
      const [next] = this.sleepers.filter(({ until }) => until <= end).sort((one, other) => one.until - other.until);
      if (next === undefined) break;
      this.time = next.until;
      next.wake();
    }
    this.time = end;
  }
}

/** Lets everything run that waits for nothing but promises. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
