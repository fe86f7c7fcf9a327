import { localLimiter } from '../src/limit/rate-limiter';
import { defaultOptions, type MockOptions } from '../src/options/mock-options';
import { report, type StatisticsReport } from '../src/statistics/statistics';
import { createWorker, type Worker } from '../src/workers/worker';
import { chat, until } from './call';
import { VirtualClock } from './virtual-clock';

/** A mock with real sockets whose schedule runs on a clock that the test turns. */
export class VirtualMock {
  readonly url: string;

  private constructor(
    readonly clock: VirtualClock,
    private readonly worker: Worker,
    private readonly admitted: () => number,
    port: number,
  ) {
    this.url = `http://127.0.0.1:${port}`;
  }

  /** `jitterMs`: how much the event loop's timeouts are off. */
  static async start(options: Partial<MockOptions> = {}, jitterMs?: (wake: number) => number): Promise<VirtualMock> {
    const clock = new VirtualClock(1000, jitterMs);
    const chosen = { ...defaultOptions, host: '127.0.0.1', port: 0, ...options };
    const limit = localLimiter(chosen.rateLimitPerSecond, () => clock.now());
    // Every well-formed request passes the limiter, at once before it is scheduled: so it also tells that one has come.
    let admitted = 0;
    const limiter = (): number | Promise<number> => {
      admitted++;
      return limit?.() ?? 0;
    };
    const refuse = (): Promise<never> => Promise.reject(new Error('not part of this test'));
    const worker = createWorker(chosen, 0, { report: refuse, reset: refuse }, limiter, clock);
    return new VirtualMock(clock, worker, () => admitted, await worker.listen());
  }

  get stats(): StatisticsReport {
    return report([this.worker.snapshot()], 0);
  }

  /** Sends a request and comes back when the mock has it. */
  async send(body: object = {}, signal?: AbortSignal): Promise<{ answer: Promise<Response> }> {
    const before = this.admitted();
    let settled = false;
    const answer = fetch(`${this.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...chat, ...body }),
      ...(signal === undefined ? {} : { signal }),
    });
    // Abandoned requests fail; the tests that abandon some look at the mock instead.
    const settle = (): unknown => (settled = true);
    answer.then(settle, settle);
    await until(() => settled || this.admitted() > before);
    return { answer };
  }

  /** Turns the clock to so many ms after its start. */
  at(milliseconds: number): StatisticsReport {
    this.clock.runUntil(1000 + milliseconds);
    return this.stats;
  }

  stop(): Promise<void> {
    return this.worker.stop(true);
  }
}
