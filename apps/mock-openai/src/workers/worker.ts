import { ApiHandler } from '../http/api-handler';
import { type Control, MockServer } from '../http/mock-server';
import type { RateLimiter } from '../limit/rate-limiter';
import { behaviourOf } from '../options/behaviour';
import type { MockOptions } from '../options/mock-options';
import { Alarm } from '../schedule/alarm';
import { type Clock, systemClock } from '../schedule/clock';
import { RandomDraws } from '../schedule/random-draws';
import { type Snapshot, Statistics } from '../statistics/statistics';

/** What answers requests in one process. */
export interface Worker {
  /** Resolves to the port, or fails with what the operating system says. */
  listen(): Promise<number>;
  snapshot(): Snapshot;
  reset(): void;
  /** Finishes what is in flight, or cuts it. */
  stop(immediately: boolean): Promise<void>;
}

/** Puts a worker together. `index` counts workers from 0, each with its own chance; `control` and `limiter` are what all share. */
export function createWorker(
  options: MockOptions,
  index: number,
  control: Control,
  limiter: RateLimiter | undefined,
  clock: Clock = systemClock,
): Worker {
  const alarm = new Alarm(clock);
  const statistics = new Statistics(Date.now());
  const handler = new ApiHandler(
    {
      behaviour: behaviourOf(options),
      alarm,
      latencies: new RandomDraws(options.seed, 2 * index),
      errors: new RandomDraws(options.seed, 2 * index + 1),
      limiter,
      rateLimitPerSecond: options.rateLimitPerSecond,
      wallClock: () => Math.floor(Date.now() / 1000),
    },
    statistics,
  );
  const server = new MockServer(handler, alarm, statistics, control);
  return {
    listen: () => server.listen(options.port, options.host),
    snapshot: () => statistics.snapshot(),
    reset: () => statistics.reset(Date.now()),
    stop: (immediately) => server.stop(immediately),
  };
}
