import { InputError } from '@loadlab/foundation';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { isWarm } from './worker-warmth';
import { warmUp, type WarmUpOutcome } from './warm-up';

jest.setTimeout(60_000);

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

interface Gateway {
  /** Which worker accepts the n-th connection, counted from 1. */
  readonly accepts: (connection: number) => number;
  /** Milliseconds of overhead of a worker's n-th answer. */
  readonly overhead?: (answer: number) => number;
  readonly identifies?: boolean;
  readonly status?: number;
}

/** A gateway whose workers share a port: a connection belongs to the worker that accepted it. */
async function start({
  accepts,
  overhead = () => 5,
  identifies = true,
  status = 200,
}: Gateway): Promise<{ url: string; answers: Map<number, number> }> {
  const workers = new Map<Socket, number>();
  const answers = new Map<number, number>();
  server = createServer((request, response) => {
    const worker = workers.get(request.socket) ?? 0;
    request.resume();
    if (request.url === '/debug/memory/summary') {
      response.statusCode = identifies ? 200 : 404;
      response.end(JSON.stringify({ worker_pid: 100 + worker, hostname: 'lab' }));
      return;
    }
    const count = (answers.get(worker) ?? 0) + 1;
    answers.set(worker, count);
    response.writeHead(status, { 'x-litellm-overhead-duration-ms': String(overhead(count)) });
    response.end('{"error":"Invalid model name"}');
  });
  let connections = 0;
  server.on('connection', (socket: Socket) => workers.set(socket, accepts((connections += 1))));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, answers };
}

const warm = (url: string, workers: number, limitSeconds?: number): Promise<WarmUpOutcome> =>
  warmUp({
    url,
    workers,
    request: { path: '/v1/chat/completions', body: { model: 'm' } },
    headers: { authorization: 'Bearer sk-x' },
    ...(limitSeconds === undefined ? {} : { limitSeconds }),
  });

describe('warmUp', () => {
  it('goes on until every worker has been reached', async () => {
    // A worker that the kernel hardly ever chooses.
    const { url, answers } = await start({ accepts: (connection) => (connection % 20 === 0 ? 1 : 0) });
    const outcome = await warm(url, 2);
    expect(outcome).toMatchObject({ complete: true, identified: true });
    expect(outcome.workers.map(({ id }) => id).sort()).toEqual(['lab:100', 'lab:101']);
    expect(answers.get(1)).toBeGreaterThan(1);
  });

  it('goes on until every worker answers at its usual speed', async () => {
    const { url, answers } = await start({
      accepts: () => 0,
      overhead: (answer) => (answer % 10 === 0 || answer > 50 ? 10 : 400),
    });
    expect((await warm(url, 1)).complete).toBe(true);
    expect(answers.get(0)).toBeGreaterThan(50);
  });

  it('says when a worker was never reached', async () => {
    const { url } = await start({ accepts: () => 0 });
    expect(await warm(url, 2, 0.2)).toMatchObject({ complete: false, identified: true });
  });

  it('says when it cannot tell workers apart', async () => {
    const { url } = await start({ accepts: (connection) => connection % 2, identifies: false });
    expect(await warm(url, 2)).toMatchObject({ complete: false, identified: false, workers: [{ id: 'unknown' }] });
  });

  it("fails with the gateway's own words when it refuses the request", async () => {
    const { url } = await start({ accepts: () => 0, status: 400 });
    const refused = warm(url, 1);
    await expect(refused).rejects.toThrow(InputError);
    await expect(refused).rejects.toThrow(/answered 400 to the warm-up: \{"error":"Invalid model name"\}/);
  });
});

describe('isWarm', () => {
  const times = (count: number, milliseconds: number): number[] => Array<number>(count).fill(milliseconds);
  it.each<[string, number[], boolean]>([
    ['too few answers', [300, ...times(18, 10)], false],
    ['settled after the first', [300, ...times(19, 10)], true],
    ['noisy, but around its best', [300, ...times(11, 10), 22, 9, 30, 12, 18, 25, 11, 20], true],
    ['one fast answer among slow ones', [...times(12, 300), 10, ...times(7, 300)], false],
    ['slow again at the end', [300, ...times(14, 10), ...times(6, 60)], false],
  ])('%s', (_what, milliseconds, expected) => {
    expect(isWarm({ id: 'lab:1', milliseconds })).toBe(expected);
  });
});
