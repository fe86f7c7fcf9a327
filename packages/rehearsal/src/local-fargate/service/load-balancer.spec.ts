import { Agent, createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { VirtualClock } from '../../../test/local-fargate/virtual-clock';
import { LoadBalancer } from './load-balancer';

jest.setTimeout(60_000);

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const servers: Server[] = [];
let clock: VirtualClock;
let balancer: LoadBalancer;
beforeEach(async () => {
  clock = new VirtualClock();
  balancer = await LoadBalancer.start(clock);
});
afterEach(async () => {
  await balancer.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function target(handler: Handler): Promise<string> {
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

function send(
  options: { method?: string; path?: string; body?: string; headers?: Record<string, string>; agent?: Agent } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { body, ...rest } = options;
    const call = request(balancer.url + (options.path ?? '/'), { agent: false, ...rest }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** Waits until a handler has been called so many times. */
function calls(): { handler: Handler; reached: (count: number) => Promise<void>; open: ServerResponse[] } {
  const open: ServerResponse[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  return {
    open,
    handler: (_request, response) => {
      open.push(response);
      for (const { count, resolve } of waiting) if (open.length >= count) resolve();
    },
    reached: (count) =>
      open.length >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve })),
  };
}

describe('LoadBalancer', () => {
  it('passes method, path, headers and body on, and the answer back', async () => {
    balancer.register(
      'one',
      await target((incoming, response) => {
        let body = '';
        incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
        incoming.on('end', () => {
          response.writeHead(201, { 'x-answer': 'yes' });
          response.end(
            `${incoming.method ?? ''} ${incoming.url ?? ''} ${String(incoming.headers['x-question'])} ${body}`,
          );
        });
      }),
    );
    const answer = await send({
      method: 'POST',
      path: '/v1/chat?a=b',
      headers: { 'x-question': 'q' },
      body: 'content',
    });
    expect(answer).toMatchObject({ status: 201, headers: { 'x-answer': 'yes' }, body: 'POST /v1/chat?a=b q content' });
  });

  it('sends a request to the target with the fewest outstanding ones', async () => {
    const busy = calls();
    const idle = calls();
    balancer.register('busy', await target(busy.handler));
    const first = send();
    await busy.reached(1);
    balancer.register('idle', await target(idle.handler));
    const second = send();
    await idle.reached(1);
    for (const response of [...busy.open, ...idle.open]) response.end();
    await Promise.all([first, second]);
    expect([busy.open.length, idle.open.length]).toEqual([1, 1]);
  });

  it('lets a stream through as it comes', async () => {
    const streaming = calls();
    balancer.register('one', await target(streaming.handler));
    const first = new Promise<string>((resolve) => {
      request(balancer.url, { agent: false }, (response) => {
        response.once('data', (chunk: Buffer) => resolve(chunk.toString()));
        response.resume();
      }).end();
    });
    await streaming.reached(1);
    streaming.open[0]?.write('data: 1\n\n');
    // Without another byte, let alone the end, of the answer.
    expect(await first).toBe('data: 1\n\n');
    streaming.open[0]?.end();
  });

  it.each<[string, () => Promise<void>, number]>([
    ['503 when no target is there', () => Promise.resolve(), 503],
    [
      '502 when the target hangs up',
      async () => balancer.register('one', await target((incoming) => incoming.socket.destroy())),
      502,
    ],
  ])('answers %s', async (_what, prepare, status) => {
    await prepare();
    expect((await send()).status).toBe(status);
  });

  it('breaks an answer off when its target does', async () => {
    balancer.register(
      'one',
      await target((incoming, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('half', () => incoming.socket.destroy());
      }),
    );
    await expect(send()).rejects.toThrow();
  });

  it('tells the target when the client is gone', async () => {
    const gone = new Promise<void>((resolve) => {
      void target((incoming) => incoming.socket.once('close', () => resolve())).then((url) => {
        balancer.register('one', url);
        const call = request(balancer.url, { agent: false });
        call.on('error', () => undefined);
        call.on('socket', (socket: Socket) => socket.once('connect', () => setImmediate(() => call.destroy())));
        call.end();
      });
    });
    await gone;
  });

  it('keeps a leaving target until its last request is answered', async () => {
    const leaving = calls();
    balancer.register('one', await target(leaving.handler));
    const answer = send();
    await leaving.reached(1);
    let left = false;
    const deregistered = balancer.deregister('one', 30).then(() => (left = true));
    await clock.advance(29);
    expect(left).toBe(false);
    expect((await send()).status).toBe(503);
    leaving.open[0]?.end('late');
    expect((await answer).body).toBe('late');
    await deregistered;
  });

  it('gives a leaving target up after the delay', async () => {
    const leaving = calls();
    balancer.register('one', await target(leaving.handler));
    const answer = send().catch((error: unknown) => error);
    await leaving.reached(1);
    const deregistered = balancer.deregister('one', 30);
    await clock.advance(30);
    await deregistered;
    expect(await answer).toMatchObject({ status: 502 });
  });

  it('keeps the connection of a client over a change of targets', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    let connections = 0;
    agent.on('free', () => (connections += 1));
    balancer.register('old', await target((_request, response) => response.end('old')));
    expect((await send({ agent })).body).toBe('old');
    balancer.register('new', await target((_request, response) => response.end('new')));
    await balancer.deregister('old', 30);
    const answer = await send({ agent });
    agent.destroy();
    expect(answer.body).toBe('new');
    expect(connections).toBe(2);
  });
});
