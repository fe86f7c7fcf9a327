import { localLimiter } from '../limit/rate-limiter';
import type { MockOptions } from '../options/mock-options';
import { systemClock } from '../schedule/clock';
import { report } from '../statistics/statistics';
import { listenProblem } from './listen-problem';
import { type RunningMock, urlOf } from './running-mock';
import { createWorker } from './worker';

/** Runs a mock of one worker in this process. @throws {InputError} when the port cannot be had */
export async function startInProcess(options: MockOptions): Promise<RunningMock> {
  const stats: RunningMock['stats'] = () => Promise.resolve(report([worker.snapshot()], Date.now()));
  const resetStats: RunningMock['resetStats'] = () => {
    worker.reset();
    return Promise.resolve();
  };
  const limiter = localLimiter(options.rateLimitPerSecond, () => systemClock.now());
  const worker = createWorker(options, 0, { report: stats, reset: resetStats }, limiter);
  const port = await worker.listen().catch((error: unknown) => {
    throw listenProblem(error, options);
  });
  return {
    url: urlOf(options.host, port),
    port,
    stats,
    resetStats,
    stop: ({ immediately = false } = {}) => worker.stop(immediately),
    failure: new Promise(() => undefined),
  };
}
