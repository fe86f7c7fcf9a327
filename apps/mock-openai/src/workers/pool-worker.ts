import { remoteLimiter } from '../limit/rate-limiter';
import { Channel, type Handlers, type Pipe } from './channel';
import type { PrimaryMethods, WorkerMethods } from './pool-protocol';
import { createWorker, type Worker } from './worker';

/** Serves in a worker process, as the primary tells it over the pipe. */
export function serveAsWorker(pipe: Pipe): void {
  let worker: Worker | undefined;
  const started = (): Worker => {
    if (worker === undefined) throw new Error('the worker has not been started');
    return worker;
  };
  const handlers: Handlers<WorkerMethods> = {
    start({ options, index }) {
      const limiter =
        options.rateLimitPerSecond === 0 ? undefined : remoteLimiter((count) => primary.call('take', { count }));
      const control = { report: () => primary.call('report', null), reset: () => primary.call('reset', null) };
      worker = createWorker(options, index, control, limiter);
      return worker.listen();
    },
    snapshot: () => started().snapshot(),
    reset: () => started().reset(),
    stop: ({ immediately }) => started().stop(immediately),
  };
  const primary = new Channel<PrimaryMethods>(pipe, handlers);
}
