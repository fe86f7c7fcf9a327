import type { MockOptions } from '../src';
import type { TimeSummary } from '../src/statistics/time-histogram';
import { parseEvents, until } from './call';
import { VirtualMock } from './virtual-mock';

let mock: VirtualMock;
const start = async (options: Partial<MockOptions>, jitterMs?: (wake: number) => number): Promise<void> => {
  mock = await VirtualMock.start(options, jitterMs);
  started.push(mock);
};
const started: VirtualMock[] = [];
afterEach(() => Promise.all(started.splice(0).map((one) => one.stop())));

describe('the latency of a JSON answer', () => {
  it('is kept to the tick, and never undercut', async () => {
    await start({ latencySeconds: 0.1 });
    const { answer } = await mock.send();

    expect(mock.at(99.99).total).toBe(0);
    expect(mock.at(100.25).total).toBe(1);
    expect((await answer).status).toBe(200);
  });

  it('counts from the moment when the whole request is there', async () => {
    await start({ latencySeconds: 0.1 });
    mock.at(30);
    await mock.send();

    expect(mock.at(129.99).total).toBe(0);
    expect(mock.at(130.25).total).toBe(1);
  });

  it('is not there for a latency of zero', async () => {
    await start({ latencySeconds: 0 });
    const { answer } = await mock.send();

    expect((await answer).status).toBe(200);
    expect(mock.stats.serviceTime.max).toBe(0);
  });

  it('overlaps with that of other requests', async () => {
    await start({ latencySeconds: 0.1 });
    for (let index = 0; index < 20; index++) await mock.send();

    expect(mock.at(99.9)).toMatchObject({ inFlight: 20, total: 0 });
    expect(mock.at(100.25)).toMatchObject({ inFlight: 0, total: 20 });
  });

  it('follows the log-normal of its median and sigma, the same for the same seed', async () => {
    const times = async (seed: number): Promise<TimeSummary> => {
      await start({ latencySeconds: 0.1, latencySigma: 0.5, seed });
      for (let index = 0; index < 100; index++) await mock.send();
      return mock.at(10_000).serviceTime;
    };

    const first = await times(1);
    const again = await times(1);
    const other = await times(2);

    expect(first.count).toBe(100);
    expect(first.p50).toBeGreaterThan(85_000);
    expect(first.p50).toBeLessThan(120_000);
    // The normal's p95 is 1.645: exp(0.5 x 1.645) medians are 228 ms.
    expect(first.p95).toBeGreaterThan(175_000);
    expect(first.p95).toBeLessThan(300_000);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it.each([
    ['mock;latency=250ms', 250],
    ['mock;latency=1.5s', 1500],
    ['any name; latency = 30ms', 30],
  ])('is overridden by the model %s', async (model, milliseconds) => {
    await start({ latencySeconds: 0.1 });
    await mock.send({ model });

    expect(mock.at(milliseconds - 0.01).total).toBe(0);
    expect(mock.at(milliseconds + 0.25).total).toBe(1);
  });

  it('holds for errors, too', async () => {
    await start({ latencySeconds: 0.1, errorRate: 1, errorStatus: 503 });
    const { answer } = await mock.send();

    expect(mock.at(99.99).total).toBe(0);
    mock.at(100.25);
    expect((await answer).status).toBe(503);
  });
});

describe('the schedule of a stream', () => {
  const stream = (model = 'mock') => mock.send({ model, stream: true });

  it('is a first token after ttft, then one every gap', async () => {
    await start({ ttftSeconds: 0.05, gapSeconds: 0.01, tokens: 5 });
    const { answer } = await stream();

    const tokensAt = [49.99, 50.25, 59.99, 60.25, 70.25, 80.25, 89.99].map((at) => mock.at(at).tokensStreamed);
    expect(tokensAt).toEqual([0, 1, 1, 2, 3, 4, 4]);
    expect(mock.at(90.25)).toMatchObject({ tokensStreamed: 5, total: 1, inFlight: 0 });
    expect(parseEvents(await (await answer).text()).at(-1)?.data).toBe('[DONE]');
  });

  it('sends nothing before the first token', async () => {
    await start({ ttftSeconds: 0.05, gapSeconds: 0.01, tokens: 5 });
    const { answer } = await stream();
    let headersSeen = false;
    void answer.then(() => (headersSeen = true));

    mock.at(49);
    // Another whole exchange gives a byte that had been sent time to arrive.
    await fetch(`${mock.url}/health`);
    expect(headersSeen).toBe(false);

    mock.at(51);
    await until(() => headersSeen);
  });

  it('makes good what the event loop was late: deadlines count from the request, not from the token before', async () => {
    // Timeouts come up to 13 ms late, never in step with the gaps.
    await start({ ttftSeconds: 0.05, gapSeconds: 0.01, tokens: 50 }, (wake) => (wake * 7) % 13);
    await stream();

    const end = 50 + 49 * 10;
    expect(mock.at(end - 0.01).tokensStreamed).toBeLessThan(50);
    expect(mock.at(end + 13.25).tokensStreamed).toBe(50);
    expect(mock.stats.lateness.count).toBe(50);
    expect(mock.stats.lateness.min).toBeGreaterThanOrEqual(0);
    expect(mock.stats.lateness.max).toBeLessThanOrEqual(13_300);
  });

  it('sends all at once without a gap', async () => {
    await start({ ttftSeconds: 0.02, gapSeconds: 0, tokens: 30 });
    await stream();

    expect(mock.at(19.99).tokensStreamed).toBe(0);
    expect(mock.at(20.25).tokensStreamed).toBe(30);
  });

  it.each([
    ['mock;ttft=200ms', 200, 200 + 4 * 10],
    ['mock;gap=100ms', 50, 50 + 4 * 100],
    ['mock;ttft=1s;gap=1ms;tokens=3', 1000, 1000 + 2],
  ])('is overridden by the model %s', async (model, first, last) => {
    await start({ ttftSeconds: 0.05, gapSeconds: 0.01, tokens: 5 });
    await stream(model);

    expect(mock.at(first - 0.01).tokensStreamed).toBe(0);
    expect(mock.at(first + 0.25).tokensStreamed).toBe(1);
    expect(mock.at(last - 0.01).total).toBe(0);
    expect(mock.at(last + 0.25).total).toBe(1);
  });

  it('answers with an error, not with events, after ttft', async () => {
    await start({ ttftSeconds: 0.05 });
    const { answer } = await stream('mock;status=500');

    expect(mock.at(49.99).total).toBe(0);
    mock.at(50.25);
    expect((await answer).headers.get('content-type')).toBe('application/json');
  });

  it('ends when the client goes away, and is counted as such alone', async () => {
    await start({ ttftSeconds: 0.05, gapSeconds: 0.01, tokens: 1000 });
    const client = new AbortController();
    const { answer } = await mock.send({ stream: true }, client.signal);
    mock.at(100);
    await answer;
    const before = mock.stats.tokensStreamed;

    client.abort();
    await until(() => mock.stats.disconnected === 1);

    expect(mock.at(20_000)).toMatchObject({ tokensStreamed: before, inFlight: 0, total: 0, disconnected: 1 });
  });
});

describe('a client that goes away before its JSON answer', () => {
  it('is counted as such alone, and its timer is gone', async () => {
    await start({ latencySeconds: 0.1 });
    const client = new AbortController();
    await mock.send({}, client.signal);

    client.abort();
    await until(() => mock.stats.disconnected === 1);

    expect(mock.at(500)).toMatchObject({ inFlight: 0, total: 0, disconnected: 1 });
    expect(mock.stats.lateness.count).toBe(0);
  });
});

describe('the rate limit', () => {
  it('lets a burst of a second through, then the rate, and says when to come back', async () => {
    await start({ latencySeconds: 0, rateLimitPerSecond: 5 });
    const statuses = async (count: number): Promise<number[]> => {
      const answers = [];
      for (let index = 0; index < count; index++) answers.push((await mock.send()).answer);
      return Promise.all(answers.map(async (answer) => (await answer).status));
    };

    expect(await statuses(7)).toEqual([200, 200, 200, 200, 200, 429, 429]);
    mock.at(400);
    expect(await statuses(4)).toEqual([200, 200, 429, 429]);
    mock.at(10_000);
    expect(await statuses(6)).toEqual([200, 200, 200, 200, 200, 429]);

    const refused = await (await mock.send()).answer;
    expect([refused.headers.get('retry-after'), refused.headers.get('retry-after-ms')]).toEqual(['1', '200']);
    expect(await refused.json()).toMatchObject({ error: { type: 'requests', code: 'rate_limit_exceeded' } });
  });

  it('refuses at once, whatever the latency', async () => {
    await start({ latencySeconds: 0.1, rateLimitPerSecond: 1 });
    await mock.send();
    const { answer } = await mock.send();

    expect((await answer).status).toBe(429);
    expect(mock.stats).toMatchObject({ inFlight: 1, total: 1 });
  });

  it('does not count malformed requests', async () => {
    await start({ latencySeconds: 0, rateLimitPerSecond: 1 });
    for (let index = 0; index < 5; index++) await mock.send({ messages: [] });

    expect((await (await mock.send()).answer).status).toBe(200);
  });
});

describe('errors on purpose', () => {
  const outcomes = async (options: Partial<MockOptions>, body: object = {}): Promise<number[]> => {
    await start({ latencySeconds: 0, ...options });
    const statuses: number[] = [];
    for (let index = 0; index < 100; index++) statuses.push((await (await mock.send(body)).answer).status);
    return statuses;
  };
  const failures = (statuses: readonly number[]): number => statuses.filter((status) => status !== 200).length;

  it('are as many as the rate says, of the status that it says, the same for the same seed', async () => {
    const statuses = await outcomes({ errorRate: 0.2, errorStatus: 502 });

    expect(new Set(statuses)).toEqual(new Set([200, 502]));
    expect(failures(statuses)).toBeGreaterThan(8);
    expect(failures(statuses)).toBeLessThan(35);
    expect(await outcomes({ errorRate: 0.2, errorStatus: 502 })).toEqual(statuses);
    expect(await outcomes({ errorRate: 0.2, errorStatus: 502, seed: 9 })).not.toEqual(statuses);
  });

  it.each([
    ['mock;status=418', 418, 100],
    ['mock;status=200', 200, 0],
    ['mock;error-rate=0%', 200, 0],
    ['mock;error-rate=100%;error-status=404', 404, 100],
  ])('are overridden by the model %s', async (model, status, count) => {
    const statuses = await outcomes({ errorRate: 0.5 }, { model });

    expect(failures(statuses)).toBe(count);
    expect(statuses.at(-1)).toBe(status);
  });

  it('say when to come back if they are 429', async () => {
    await start({ latencySeconds: 0 });
    const { answer } = await mock.send({ model: 'mock;status=429' });

    expect((await answer).headers.get('retry-after')).toBe('1');
  });
});
