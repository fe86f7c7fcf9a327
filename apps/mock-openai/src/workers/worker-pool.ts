import cluster, { type Worker as WorkerProcess } from 'node:cluster';
import { TokenBucket } from '../limit/token-bucket';
import type { MockOptions } from '../options/mock-options';
import { systemClock } from '../schedule/clock';
import { report } from '../statistics/statistics';
import { Channel, type Handlers } from './channel';
import { listenProblem } from './listen-problem';
import type { PrimaryMethods, WorkerMethods } from './pool-protocol';
import { type RunningMock, urlOf } from './running-mock';

/**
 * Runs a mock of several worker processes. This process hands connections out in turn (each worker gets as many as the next, which a shared
 * socket does not promise), holds the rate limit and adds up the statistics.
 * `script` is what a worker runs: a file that calls `serveAsWorker` when it finds itself in a worker.
 * @throws {InputError} when the port cannot be had
 */
export async function startPool(options: MockOptions, script: string): Promise<RunningMock> {
  const pool = new WorkerPool(options, script);
  try {
    const port = await pool.start();
    return {
      url: urlOf(options.host, port),
      port,
      stats: () => pool.report(),
      resetStats: () => pool.reset(),
      stop: ({ immediately = false } = {}) => pool.stop(immediately),
      failure: pool.failure,
    };
  } catch (error) {
    await pool.stop(true);
    throw listenProblem(error, options);
  }
}

interface Member {
  readonly process: WorkerProcess;
  readonly channel: Channel<WorkerMethods>;
  readonly gone: Promise<void>;
}

class WorkerPool {
  readonly failure: Promise<string>;
  private readonly members: readonly Member[];
  private readonly bucket: TokenBucket | undefined;
  private fail: (reason: string) => void = () => undefined;
  private stopping = false;

  constructor(
    private readonly options: MockOptions,
    script: string,
  ) {
    const limit = options.rateLimitPerSecond;
    this.bucket = limit === 0 ? undefined : new TokenBucket(limit, systemClock.now());
    this.failure = new Promise((resolve) => (this.fail = resolve));
    cluster.schedulingPolicy = cluster.SCHED_RR;
    cluster.setupPrimary({ exec: script, args: [], silent: false });
    this.members = Array.from({ length: options.workers }, () => this.fork());
  }

  /** @returns the port, the same for all */
  async start(): Promise<number> {
    const { options } = this;
    // The first one settles the port, which the others share: with port 0, too.
    const ports = await Promise.all(
      this.members.map(({ channel }, index) => channel.call('start', { options, index })),
    );
    const [port] = ports;
    if (port === undefined) throw new Error('no worker was started');
    return port;
  }

  async report(): Promise<Awaited<ReturnType<RunningMock['stats']>>> {
    return report(await Promise.all(this.members.map(({ channel }) => channel.call('snapshot', null))), Date.now());
  }

  async reset(): Promise<void> {
    await Promise.all(this.members.map(({ channel }) => channel.call('reset', null)));
  }

  async stop(immediately: boolean): Promise<void> {
    this.stopping = true;
    await Promise.all(
      this.members.map(async ({ process, channel, gone }) => {
        // A worker that dies meanwhile has stopped, too.
        if (!immediately) await Promise.race([channel.call('stop', { immediately }).catch(() => undefined), gone]);
        process.kill('SIGKILL');
        await gone;
      }),
    );
  }

  private fork(): Member {
    const process = cluster.fork();
    const handlers: Handlers<PrimaryMethods> = {
      report: () => this.report(),
      reset: () => this.reset(),
      take: ({ count }) => Array.from({ length: count }, () => this.bucket?.take(systemClock.now()) ?? 0),
    };
    const pipe = {
      send: (value: object) => {
        if (process.isConnected()) process.send(value);
      },
      onMessage: (listener: (value: unknown) => void) => void process.on('message', listener),
    };
    const channel = new Channel<WorkerMethods>(pipe, handlers);
    const gone = new Promise<void>((resolve) => {
      process.on('exit', (code, signal) => {
        const reason = `worker process ${process.process.pid ?? ''} ended (${signal || `exit code ${code}`})`;
        channel.close(reason);
        resolve();
        if (!this.stopping) this.workerDied(reason);
      });
    });
    return { process, channel, gone };
  }

  /** A mock that has lost a worker answers on another schedule than it was asked to: it must not go on. */
  private workerDied(reason: string): void {
    void this.stop(true).then(() => this.fail(reason));
  }
}
