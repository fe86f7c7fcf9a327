import { createServer } from 'node:net';
import { answer, COMPLETION, httpServer, type KnownServer, listening, rawServer } from './known-servers';
import { atMs, countsOf, measure, sizeOf } from './measure';
import { closed, scenario } from './scenario';

let server: KnownServer;
afterEach(() => server.close());

describe('slow answers', () => {
  it('are waited for after the window, and none vanishes', async () => {
    let requests = 0;
    server = await httpServer((_request, response) => {
      requests += 1;
      setTimeout(() => response.end(COMPLETION), requests % 5 === 0 ? 600 : 10);
    });
    const measurement = await measure(server.url, scenario({ duration: 0.25 }));
    expect(countsOf(measurement)).toEqual({ started: 50, succeeded: 50 });
    expect(sizeOf(measurement.histograms.latency)).toBe(50);
    expect(sizeOf(measurement.histograms.latency, 599)).toBeGreaterThanOrEqual(10);
    expect(measurement.windowSeconds).toBe(0.25);
    expect(measurement.completedInWindow).toBeLessThanOrEqual(40);
  });

  it('are measured from the intended start, one value per answer and none invented', async () => {
    server = await httpServer((_request, response) => setTimeout(() => response.end(COMPLETION), 100));
    const measurement = await measure(server.url, scenario());
    expect(sizeOf(measurement.histograms.latency, 99)).toBe(20);
    expect(sizeOf(measurement.histograms.serviceTime, 99)).toBe(20);
    expect(atMs(measurement.histograms.latency, 100)).toBeGreaterThanOrEqual(
      atMs(measurement.histograms.serviceTime, 100),
    );
  });

  it('are told apart in microseconds', async () => {
    server = await rawServer(({ socket }) => socket.write(answer()));
    const measurement = await measure(server.url, scenario({ duration: 0.5 }));
    const quantiles = [5, 15, 25, 35, 45, 55, 65, 75, 85].map(
      (at) => atMs(measurement.histograms.serviceTime, at) * 1_000,
    );
    expect(quantiles.some((microseconds) => microseconds % 1_000 !== 0)).toBe(true);
  });
});

describe('the time limit', () => {
  it('makes timeouts, which enter the latencies at the limit', async () => {
    server = await rawServer(({ socket, number }) => {
      if (number % 4 !== 0) socket.write(answer());
    });
    const measurement = await measure(server.url, scenario({ timeout: 1.5, duration: 0.2 }));
    expect(countsOf(measurement)).toEqual({ started: 40, succeeded: 30, timeout: 10 });
    expect(measurement.censored).toBe(10);
    expect(sizeOf(measurement.histograms.latency)).toBe(40);
    expect(sizeOf(measurement.histograms.latency, 1_499)).toBe(10);
    expect(measurement.failureSamples).toEqual([
      { class: 'timeout', message: 'no complete answer within 1.5 s', count: 10 },
    ]);
  });

  it('ends stalls in the middle of a body, and the next answer is read afresh', async () => {
    server = await rawServer(({ socket, number }) => {
      socket.write(number === 4 ? answer().slice(0, -30) : answer());
    });
    const measurement = await measure(server.url, scenario({ arrival: closed(1, 0.05), timeout: 1, duration: 1.5 }));
    const { started = 0, succeeded = 0, timeout } = countsOf(measurement);
    expect([timeout, succeeded]).toEqual([1, started - 1]);
    expect(succeeded).toBeGreaterThan(0);
  });

  it('holds for connections that are never made', async () => {
    // A listening socket whose queue is full answers no SYN.
    server = await listening(
      createServer().on('connection', (socket) => socket.pause()),
      'http',
    );
    const measurement = await measure(server.url, scenario({ timeout: 0.5 }));
    expect(countsOf(measurement)).toEqual({ started: 20, timeout: 20 });
  });

  it('counts late successes as what they are: too late', async () => {
    server = await httpServer((_request, response) => setTimeout(() => response.end(COMPLETION), 800));
    const measurement = await measure(server.url, scenario({ timeout: 0.7 }));
    expect(countsOf(measurement)).toEqual({ started: 20, timeout: 20 });
    expect(measurement.completedInWindow).toBe(0);
  });
});

describe('the cap on requests in flight', () => {
  it('makes timeouts of the arrivals beyond it, and is told', async () => {
    server = await rawServer(() => undefined);
    const arrival = { open: { rate: 200, process: 'uniform', maxInFlight: 5 } } as const;
    const measurement = await measure(server.url, scenario({ arrival, timeout: 1 }));
    expect(countsOf(measurement)).toEqual({ started: 20, timeout: 20 });
    expect(measurement.censored).toBe(20);
    expect(measurement.generator.capHit).toBe(true);
    expect(measurement.failureSamples).toContainEqual({
      class: 'timeout',
      message: 'not sent: maxInFlight requests are under way already',
      count: 15,
    });
    expect(server.connections()).toBe(5);
  });
});
