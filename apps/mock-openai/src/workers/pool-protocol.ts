import type { MockOptions } from '../options/mock-options';
import type { Snapshot, StatisticsReport } from '../statistics/statistics';

/** What the primary process calls on a worker. */
export interface WorkerMethods {
  /** Begins to answer. @returns the port */
  start(argument: { options: MockOptions; index: number }): number;
  snapshot(argument: null): Snapshot;
  reset(argument: null): void;
  stop(argument: { immediately: boolean }): void;
}

/** What a worker calls on the primary process, which holds what all workers share. */
export interface PrimaryMethods {
  report(argument: null): StatisticsReport;
  reset(argument: null): void;
  /** Takes so many requests from the rate limit. @returns one wait in ms for each, 0 where it may pass */
  take(argument: { count: number }): readonly number[];
}
