import type { ServerResponse } from 'node:http';
import { complete, COMPLETION, startKnownServer, type Behaviour, type KnownServer } from './known-server';
import { scenario, Workbench, type Ended } from './loadlab-process';

/**
 * `loadlab run` against servers whose true rate, latency and errors are known. Counts must agree to the last request; times have
 * the server's own schedule as their lower bound, and a wide margin above it, for this machine may be busy.
 */
jest.setTimeout(60_000);

interface Distribution {
  readonly count: number;
  readonly min: number;
  readonly p50: number;
  readonly p90: number;
  readonly max: number;
  readonly censored?: number;
}
interface Record_ {
  readonly counts: { started: number; succeeded: number; unfinished: number; failed: Record<string, number> };
  readonly errorRate: number;
  readonly rate: { offered: number; achieved: number; littlesBound?: number };
  readonly latency: Distribution;
  readonly serviceTime: Distribution;
  readonly failedLatency?: Distribution;
  readonly timeToFirstToken?: Distribution;
  readonly interTokenGap?: Distribution;
  readonly overhead?: { header?: Distribution; queueing?: Distribution };
  readonly tokens?: { outputPerSecond: number };
  readonly window: { partial: boolean; seconds: number };
  readonly validity: { valid: boolean; reasons: string[] };
}

const OPEN = 'open: { rate: 200/s, process: uniform }';
/** 200/s over 1 s. */
const ARRIVALS = 200;
const MS = 1000;

let bench: Workbench;
let server: KnownServer;

beforeEach(() => {
  bench = new Workbench();
});
afterEach(async () => {
  await server.close();
  bench.remove();
});

async function load(behaviour: Behaviour, arrival = OPEN, more = ''): Promise<Record_ & { ended: Ended }> {
  server = await startKnownServer(behaviour);
  const ended = await bench.run([
    'run',
    bench.write('known.yaml', scenario(arrival, more)),
    '--target',
    server.url,
    '--out',
    'out',
  ]);
  if (!bench.exists('out/result.json')) throw new Error(`no record; exit code ${ended.code}\n${ended.stderr}`);
  return { ...(JSON.parse(bench.read('out/result.json')) as Record_), ended };
}

const sum = (counts: Record_['counts']): number =>
  counts.succeeded + counts.unfinished + Object.values(counts.failed).reduce((total, count) => total + count, 0);
const failures = (record: Record_): Record<string, number> =>
  Object.fromEntries(Object.entries(record.counts.failed).filter(([, count]) => count > 0));
const every =
  (
    k: number,
    unlucky: (response: ServerResponse) => void,
    lucky = (response: ServerResponse): void => complete(response, 20),
  ): Behaviour =>
  (n, response) =>
    n % k === 0 ? unlucky(response) : lucky(response);

describe('a healthy server of constant latency', () => {
  it('is loaded with every arrival, and its latency is what it is', async () => {
    const record = await load((_, response) => complete(response, 50));
    expect(record.counts).toMatchObject({ started: ARRIVALS, succeeded: ARRIVALS, unfinished: 0 });
    expect(server.received()).toBe(ARRIVALS);
    expect(record.rate.offered).toBe(200);
    expect(record.latency.min).toBeGreaterThanOrEqual(49 * MS);
    expect(record.latency.p50).toBeLessThan(90 * MS);
    expect(record.errorRate).toBe(0);
  });

  it('gets distinct prompts when the scenario asks for them', async () => {
    const unique = scenario(OPEN).replace('{ text: hello }', '{ bytes: 400, unique: true }');
    server = await startKnownServer((_, response) => complete(response));
    await bench.run(['run', bench.write('unique.yaml', unique), '--target', server.url, '--out', 'out']);
    expect(new Set(server.bodies).size).toBe(ARRIVALS);
    const { messages } = JSON.parse(server.bodies[0] ?? '') as { messages: { content: string }[] };
    expect(Buffer.byteLength(messages[0]?.content ?? '')).toBe(400);
  });

  it('serves closed users at no more than the bound of Little’s law', async () => {
    const record = await load((_, response) => complete(response, 50), 'closed: { users: 20, thinkTime: 50ms }');
    expect(record.counts.succeeded).toBe(sum(record.counts));
    expect(record.rate.littlesBound).toBeDefined();
    expect(record.rate.achieved).toBeLessThanOrEqual(200 * 1.02);
    expect(record.rate.achieved).toBeGreaterThan(100);
  });
});

describe('failures are counted as what they are, to the last one', () => {
  const garbage = (response: ServerResponse): void => {
    response.socket?.end('THIS IS NOT HTTP\r\n\r\n');
  };
  const page = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<html>Welcome to the captive portal</html>');
  };
  const status = (code: number) => (response: ServerResponse) => {
    response.writeHead(code, { 'content-type': 'application/json', 'retry-after': '1' });
    response.end(JSON.stringify({ error: { message: 'no', type: 'x', code: null, param: null } }));
  };
  const stall = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(COMPLETION) });
    response.write(COMPLETION.slice(0, 20));
  };
  const reset = (response: ServerResponse): void => {
    response.socket?.resetAndDestroy();
  };

  it.each<[string, string, (response: ServerResponse) => void]>([
    ['500', 'status5xx', status(500)],
    ['503', 'status5xx', status(503)],
    ['400', 'status4xx', status(400)],
    ['429', 'status429', status(429)],
    ['a reset before the answer', 'reset', reset],
    ['garbage instead of HTTP', 'protocol', garbage],
    ['a page instead of a completion', 'content', page],
    ['a stall in the middle of the body', 'timeout', stall],
    ['no answer at all', 'timeout', () => undefined],
  ])('%s is %s', async (_, name, unlucky) => {
    const record = await load(every(10, unlucky));
    expect(failures(record)).toEqual({ [name]: ARRIVALS / 10 });
    expect(record.counts).toMatchObject({ started: ARRIVALS, succeeded: ARRIVALS * 0.9, unfinished: 0 });
    expect(record.errorRate).toBeCloseTo(0.1, 10);
  });

  it('instant errors do not flatter the latency', async () => {
    const record = await load(every(2, status(429), (response) => complete(response, 60)));
    expect(record.latency.count).toBe(ARRIVALS / 2);
    expect(record.latency.min).toBeGreaterThanOrEqual(59 * MS);
    expect(record.failedLatency?.count).toBe(ARRIVALS / 2);
  });

  it('timeouts stand in the latency at the limit, censored', async () => {
    const record = await load(every(5, () => undefined));
    expect(record.latency).toMatchObject({ count: ARRIVALS, censored: ARRIVALS / 5 });
    expect(record.latency.max).toBeGreaterThanOrEqual(999 * MS);
    expect(record.latency.p50).toBeLessThan(300 * MS);
  });

  it('a server that dies in the middle leaves an account that closes', async () => {
    const record = await load((n, response) => (n === 100 ? server.crash() : complete(response, 10)));
    expect(record.counts.started).toBe(ARRIVALS);
    expect(sum(record.counts)).toBe(ARRIVALS);
    expect(record.counts.failed.connect).toBeGreaterThan(50);
    expect(record.counts.succeeded).toBeLessThanOrEqual(100);
  });
});

describe('what trips load generators up', () => {
  it('Connection: close after every answer costs no request and pairs each with its own answer', async () => {
    const record = await load((_, response) => complete(response, 50, { connection: 'close' }));
    expect(record.counts).toMatchObject({ started: ARRIVALS, succeeded: ARRIVALS });
    expect(record.latency.min).toBeGreaterThanOrEqual(49 * MS);
    expect(record.latency.p50).toBeLessThan(150 * MS);
  });

  it('a server that freezes for half a second is seen by every request that should have been sent meanwhile', async () => {
    let frozen: Promise<void> | undefined;
    const record = await load((n, response) => {
      if (n === 60) frozen = new Promise((resolve) => setTimeout(resolve, 500)).then(() => void (frozen = undefined));
      if (frozen === undefined) complete(response);
      else void frozen.then(() => complete(response));
    });
    expect(record.counts.succeeded).toBe(ARRIVALS);
    // About 100 of 200 arrivals fall into the freeze, so a tenth of all must have waited for a good part of it.
    expect(record.latency.max).toBeGreaterThanOrEqual(480 * MS);
    expect(record.latency.p90).toBeGreaterThanOrEqual(200 * MS);
  });

  it('a body split inside a UTF-8 character is whole', async () => {
    const bytes = Buffer.from(COMPLETION);
    const inside = bytes.indexOf('ü') + 1;
    const record = await load((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(bytes.subarray(0, inside));
      setTimeout(() => response.end(bytes.subarray(inside)), 5);
    });
    expect(failures(record)).toEqual({});
  });

  it('answers of a slow tail are not lost at the end of the window', async () => {
    const record = await load(every(20, (response) => complete(response, 800)));
    expect(record.counts).toMatchObject({ started: ARRIVALS, succeeded: ARRIVALS, unfinished: 0 });
    expect(record.latency.max).toBeGreaterThanOrEqual(799 * MS);
  });

  it('more arrivals than may be in flight are counted as timeouts, and said', async () => {
    const record = await load(
      (_, response) => complete(response, 400),
      'open: { rate: 200/s, process: uniform, maxInFlight: 10 }',
    );
    expect(record.counts.started).toBe(ARRIVALS);
    expect(record.counts.failed.timeout).toBeGreaterThan(ARRIVALS / 2);
    expect((record as unknown as { generator: { capHit: boolean } }).generator.capHit).toBe(true);
  });
});

describe('what LiteLLM says about itself', () => {
  it('is recorded: its overhead, and the wait before its clock starts', async () => {
    const headers = {
      'X-LiteLLM-Overhead-Duration-Ms': '7.5',
      'x-litellm-response-duration-ms': '20',
      'x-litellm-version': '1.108.7',
    };
    const record = await load((_, response) => complete(response, 50, headers));
    expect(record.overhead?.header).toMatchObject({ count: ARRIVALS });
    expect(record.overhead?.header?.p50).toBeGreaterThanOrEqual(7.49 * MS);
    expect(record.overhead?.header?.p50).toBeLessThanOrEqual(7.51 * MS);
    expect(record.overhead?.queueing?.p50).toBeGreaterThan(20 * MS);
  });

  it('is absent, not zero, where the header is', async () => {
    const record = await load((_, response) => complete(response));
    expect(record.overhead?.header).toBeUndefined();
    expect(record.overhead?.queueing).toBeUndefined();
  });
});

describe('a stream', () => {
  const stream = (response: ServerResponse, tokens: number, end = '[DONE]'): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const frame = (delta: object, finish: string | null = null): string =>
      `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
    response.write(frame({ role: 'assistant', content: '' }));
    // One after the other: timers of their own could overtake one another on a busy machine.
    const go = (token: number): void =>
      void setTimeout(
        () => {
          if (token === tokens) response.end(`${frame({}, 'stop')}${end === '' ? '' : `data: ${end}\n\n`}`);
          else {
            response.write(frame({ content: 'grüße ' }));
            go(token + 1);
          }
        },
        token === 0 ? 100 : 20,
      );
    go(0);
  };
  const STREAMING = scenario('open: { rate: 40/s, process: uniform }').replace(
    'maxTokens: 16',
    'maxTokens: 16, stream: true',
  );

  it('is measured by its first token, its gaps and its tokens', async () => {
    server = await startKnownServer((_, response) => stream(response, 5));
    await bench.run(['run', bench.write('stream.yaml', STREAMING), '--target', server.url, '--out', 'out']);
    const record = JSON.parse(bench.read('out/result.json')) as Record_;
    expect(record.counts).toMatchObject({ started: 40, succeeded: 40 });
    expect(record.timeToFirstToken).toMatchObject({ count: 40 });
    expect(record.timeToFirstToken?.min).toBeGreaterThanOrEqual(99 * MS);
    expect(record.interTokenGap).toMatchObject({ count: 40 * 4 });
    expect(record.interTokenGap?.p50).toBeGreaterThan(10 * MS);
    expect(record.tokens?.outputPerSecond).toBeCloseTo(200, 5);
  });

  it('that ends without its end is a content failure', async () => {
    server = await startKnownServer((n, response) =>
      n % 4 === 0
        ? void response
            .writeHead(200, { 'content-type': 'text/event-stream' })
            .end('data: {"choices":[{"index":0,"delta":{"content":"a"}}]}\n\n')
        : stream(response, 2),
    );
    await bench.run(['run', bench.write('stream.yaml', STREAMING), '--target', server.url, '--out', 'out']);
    const record = JSON.parse(bench.read('out/result.json')) as Record_;
    expect(failures(record)).toEqual({ content: 10 });
  });
});

describe('interruption', () => {
  it('keeps what was measured, marked partial, and exits 130', async () => {
    server = await startKnownServer((_, response) => complete(response, 10));
    const long = scenario(OPEN).replace('duration: 1s', 'duration: 30s');
    const ended = await bench.run(['run', bench.write('long.yaml', long), '--target', server.url, '--out', 'out'], {
      during: (child) => {
        const wait = setInterval(() => {
          if (server.received() < 50) return;
          clearInterval(wait);
          child.kill('SIGINT');
        }, 20);
      },
    });
    expect(ended.code).toBe(130);
    const record = JSON.parse(bench.read('out/result.json')) as Record_;
    expect(record.window.partial).toBe(true);
    expect(record.counts.succeeded).toBeGreaterThan(0);
    expect(sum(record.counts)).toBe(record.counts.started);
  });
});

describe('objectives decide the exit code', () => {
  it.each([
    ['met', 'slo: { p50: 900ms, errorRate: 0% }', 0],
    ['missed', 'slo: { p50: 1ms }', 1],
  ])('%s', async (_, slo, code) => {
    // Closed users: a busy machine may send an open schedule late, and then nothing is judged at all.
    const { ended } = await load(
      (_n, response) => complete(response, 20),
      'closed: { users: 4, thinkTime: 20ms }',
      slo,
    );
    expect(ended.code).toBe(code);
  });
});
