import { createServer } from 'node:net';
import { answer, COMPLETION, httpServer, type KnownServer, listening, rawServer } from './known-servers';
import { atMs, countsOf, measure, sizeOf } from './measure';
import { closed, scenario } from './scenario';

let server: KnownServer;
afterEach(() => server.close());

describe('failures among successes', () => {
  it('never flatter: instant 429s leave the latencies of slow successes as they are', async () => {
    server = await httpServer((_request, response, body) => {
      if (Number.parseInt(body.slice(body.indexOf('"content":"') + 11, body.indexOf('"content":"') + 13), 16) % 2 === 0)
        return response.writeHead(429).end('{"error":{"message":"slow down"}}');
      return setTimeout(() => response.writeHead(200).end(COMPLETION), 80);
    });
    const measurement = await measure(server.url, scenario({ duration: 0.2 }));
    const { succeeded = 0, status429 = 0 } = countsOf(measurement);
    expect([succeeded > 5, status429 > 5, succeeded + status429]).toEqual([true, true, 40]);
    expect(sizeOf(measurement.histograms.latency, 79)).toBe(succeeded);
    expect(sizeOf(measurement.histograms.failedLatency)).toBe(status429);
    expect(measurement.completedInWindow).toBeLessThanOrEqual(succeeded);
  });

  it('are counted one by one whatever they are', async () => {
    const replies = [
      answer(),
      answer('{}', { status: '500 Oops' }),
      answer('{}', { status: '429 Slow' }),
      answer('{}', { status: '403 No' }),
      answer('<html>'),
      'garbage',
    ];
    server = await rawServer(({ socket, number }) => {
      if (number % 7 === 6) socket.resetAndDestroy();
      else socket.write(replies[number % 7] ?? '');
    });
    const measurement = await measure(server.url, scenario({ duration: 0.35 }));
    expect(countsOf(measurement)).toEqual({
      started: 70,
      succeeded: 10,
      status5xx: 10,
      status429: 10,
      status4xx: 10,
      content: 10,
      protocol: 10,
      reset: 10,
    });
  });
});

describe('a target that closes connections', () => {
  it.each([1, 3])('after every %d answers, and says so, is answered over new ones without a loss', async (every) => {
    server = await rawServer(({ socket, onConnection }) => {
      const last = onConnection % every === every - 1;
      setTimeout(() => {
        socket.write(answer(COMPLETION, last ? { headers: ['connection: close'] } : {}));
        if (last) socket.end();
      }, 20);
    });
    const measurement = await measure(server.url, scenario({ arrival: closed(4), duration: 0.6 }));
    const { started = 0, succeeded } = countsOf(measurement);
    expect(succeeded).toBe(started);
    expect(started).toBeGreaterThan(10);
    expect(sizeOf(measurement.histograms.latency, 19)).toBe(started);
    expect(server.connections()).toBeGreaterThanOrEqual(Math.floor(started / every));
  });

  it('while they are idle is not asked over them', async () => {
    server = await rawServer(({ socket }) => {
      socket.write(answer(), () => socket.end());
    });
    const measurement = await measure(server.url, scenario({ arrival: closed(3, 0.2), duration: 0.8 }));
    const { started = 0, succeeded } = countsOf(measurement);
    expect([succeeded, started > 6]).toEqual([started, true]);
  });

  it('and announces when, is left before', async () => {
    server = await rawServer(({ socket }) => {
      socket.write(answer(COMPLETION, { headers: ['Keep-Alive: timeout=1'] }));
    });
    // Half of a second is how long an announced second is trusted.
    const measurement = await measure(server.url, scenario({ arrival: closed(2, 0.7), duration: 1.5 }));
    const { started = 0, succeeded } = countsOf(measurement);
    expect(succeeded).toBe(started);
    expect(server.connections()).toBeGreaterThanOrEqual(started);
  });

  it('with a last word about its idle time, 408, does nobody harm', async () => {
    server = await rawServer(({ socket }) => {
      const farewell = 'HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n';
      socket.write(answer(), () => socket.end(farewell));
    });
    const measurement = await measure(server.url, scenario({ arrival: closed(3, 0.2), duration: 0.8 }));
    const { started = 0, succeeded } = countsOf(measurement);
    expect([succeeded, started > 3]).toEqual([started, true]);
  });
});

describe('a target that answers before it has read the request', () => {
  it('is heard, and its connection is left', async () => {
    const refused = answer('{"error":{"message":"too large"}}', { status: '413 Payload Too Large' });
    server = await listening(
      createServer((socket) => {
        socket.on('error', () => socket.destroy());
        socket.once('data', () => {
          socket.pause();
          socket.write(refused);
        });
      }),
      'http',
    );
    const prompt = { bytes: 8_000_000, unique: true };
    const arrival = { open: { rate: 50, process: 'uniform', maxInFlight: 100 } } as const;
    const measurement = await measure(server.url, scenario({ arrival, request: { prompt } }));
    expect(countsOf(measurement)).toEqual({ started: 5, status4xx: 5 });
    expect(measurement.failureSamples[0]?.message).toBe('413 Payload Too Large: too large');
    expect(server.connections()).toBe(5);
  });
});

describe('connections', () => {
  it('are kept: one per user', async () => {
    server = await httpServer((_request, response) => response.end(COMPLETION));
    const measurement = await measure(server.url, scenario({ arrival: closed(5, 0.01), duration: 0.4 }));
    const { started = 0, succeeded } = countsOf(measurement);
    expect([succeeded, started > 20, server.connections()]).toEqual([started, true, 5]);
  });

  it('are as many as requests are under way at once, for open arrivals', async () => {
    server = await httpServer((_request, response) => setTimeout(() => response.end(COMPLETION), 100));
    const measurement = await measure(server.url, scenario({ duration: 0.25 }));
    expect(countsOf(measurement)).toEqual({ started: 50, succeeded: 50 });
    expect(server.connections()).toBeGreaterThanOrEqual(10);
    expect(server.connections()).toBeLessThan(50);
  });

  it('are opened a hundred at a time, and all of 400 users are served', async () => {
    server = await httpServer((_request, response) => response.end(COMPLETION));
    const users = { closed: { users: 400, thinkTime: { min: 0.3, max: 0.3 }, rampUp: 100_000 } };
    const measurement = await measure(server.url, scenario({ arrival: users, duration: 1 }));
    const { started = 0, succeeded } = countsOf(measurement);
    expect([succeeded, started > 400, server.connections()]).toEqual([started, true, 400]);
  });

  it('reach a target by its name and over IPv6', async () => {
    const six = await rawServer(({ socket }) => socket.write(answer()), '::1');
    expect(countsOf(await measure(six.url, scenario()))).toEqual({ started: 20, succeeded: 20 });
    await six.close();
    server = await rawServer(({ socket }) => socket.write(answer()));
    expect(countsOf(await measure(`http://localhost:${server.port}`, scenario()))).toEqual({
      started: 20,
      succeeded: 20,
    });
  });

  it('carry requests whose length and bytes are right, each prompt once', async () => {
    const prompts = new Set<string>();
    let wrong = 0;
    server = await httpServer((request, response, body) => {
      const { messages } = JSON.parse(body) as { messages: { content: string }[] };
      const prompt = messages[0]?.content ?? '';
      if (Number(request.headers['content-length']) !== Buffer.byteLength(body) || prompt.length !== 16_350) wrong += 1;
      prompts.add(prompt);
      response.end(COMPLETION);
    });
    await measure(server.url, scenario({ request: { prompt: { bytes: 16_350, unique: true } }, duration: 0.25 }));
    expect([wrong, prompts.size]).toEqual([0, 50]);
  });
});

describe('what is recorded of successes', () => {
  it("is LiteLLM's headers, whatever their case", async () => {
    const headers = [
      'X-LiteLLM-Overhead-Duration-Ms: 1.5',
      'x-litellm-response-duration-ms: 0',
      'x-LiteLLM-version: 1.81.0',
    ];
    server = await rawServer(({ socket }) => setTimeout(() => socket.write(answer(COMPLETION, { headers })), 20));
    const measurement = await measure(server.url, scenario());
    expect(atMs(measurement.histograms.headerOverhead, 50)).toBeCloseTo(1.5, 2);
    expect(sizeOf(measurement.histograms.queueing, 19)).toBe(20);
    expect(measurement.litellmVersion).toBe('1.81.0');
  });
});
