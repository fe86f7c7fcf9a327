import { type RunningMock, startMockOpenAi } from '../src';
import { chat, messages, post, until } from './call';
import { postBytes, RawConnection } from './raw-connection';

let mock: RunningMock;
const connections: RawConnection[] = [];
const open = async (): Promise<RawConnection> => {
  const connection = await RawConnection.open(mock.port);
  connections.push(connection);
  return connection;
};
beforeEach(async () => {
  mock = await startMockOpenAi({ latencySeconds: 0, ttftSeconds: 0, gapSeconds: 0, tokens: 2 });
});
afterEach(async () => {
  for (const connection of connections.splice(0)) connection.close();
  await mock.stop({ immediately: true });
});

const CHAT = '/v1/chat/completions';
const answersIn = (text: string): number => text.split('HTTP/1.1 200 OK').length - 1;
const statusOf = (text: string): string => text.split('\r\n')[0] ?? '';

describe('the connection', () => {
  it('stays for the next request, and says for how long', async () => {
    const connection = await open();
    for (let index = 1; index <= 3; index++) {
      connection.send(postBytes(CHAT, chat));
      await until(() => answersIn(connection.received) === index && connection.received.endsWith('}'));
    }

    expect(connection.received).toContain('Keep-Alive: timeout=120');
    expect(connection.closed).toBe(false);
  });

  it('closes when the client says so', async () => {
    const connection = await open();
    connection.send(postBytes(CHAT, chat, 'Connection: close'));
    await until(() => connection.closed);

    expect(answersIn(connection.received)).toBe(1);
  });

  it('answers requests that come at once in their order, though later ones are ready first', async () => {
    const connection = await open();
    const models = ['mock;latency=30ms', 'mock;latency=0ms', 'mock;latency=10ms'];
    connection.send(models.map((model) => postBytes(CHAT, { ...chat, model })).join(''));
    await until(() => answersIn(connection.received) === 3 && connection.received.endsWith('}'));

    const order = [...connection.received.matchAll(/"model":"([^"]*)"/g)].map(([, model]) => model);
    expect(order).toEqual(models);
  });

  it('serves an HTTP/1.0 client, which cannot read chunks', async () => {
    const connection = await open();
    connection.send(postBytes(CHAT, { ...chat, stream: true }).replace('HTTP/1.1', 'HTTP/1.0'));
    await until(() => connection.closed);

    expect(connection.received).not.toContain('Transfer-Encoding');
    expect(connection.received.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it.each([
    ['no HTTP', 'hello\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    ['too many headers', `GET / HTTP/1.1\r\nHost: mock\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 'HTTP/1.1 431'],
  ])('answers %s in the shape of any error, and closes', async (_, bytes, status) => {
    const connection = await open();
    connection.send(bytes);
    await until(() => connection.closed);

    expect(statusOf(connection.received)).toContain(status);
    expect(connection.received).toContain('{"error":{"message":"The request could not be read');
  });
});

describe('the body', () => {
  it('may come in chunks', async () => {
    const text = JSON.stringify(chat);
    const connection = await open();
    connection.send(`POST ${CHAT} HTTP/1.1\r\nHost: mock\r\nTransfer-Encoding: chunked\r\n\r\n`);
    for (const letter of text) connection.send(`1\r\n${letter}\r\n`);
    expect(connection.received).toBe('');
    connection.send('0\r\n\r\n');
    await until(() => connection.received.endsWith('}'));

    expect(answersIn(connection.received)).toBe(1);
  });

  it('may come in pieces of a character, in any script', async () => {
    const bytes = Buffer.from(JSON.stringify({ ...chat, model: '日本語' })).toString('latin1');
    const connection = await open();
    connection.send(`POST ${CHAT} HTTP/1.1\r\nHost: mock\r\nContent-Length: ${bytes.length}\r\n\r\n`);
    for (const byte of bytes) connection.send(byte);
    await until(() => connection.received.endsWith('}'));

    expect(connection.received).toContain('"model":"\\u65e5\\u672c\\u8a9e"');
  });

  it('is asked for when the client waits to be asked', async () => {
    const [head, body] = postBytes(CHAT, chat, 'Expect: 100-continue').split('\r\n\r\n');
    const connection = await open();
    connection.send(`${head ?? ''}\r\n\r\n`);
    await until(() => connection.received !== '');
    expect(connection.received).toBe('HTTP/1.1 100 Continue\r\n\r\n');

    connection.send(body ?? '');
    await until(() => answersIn(connection.received) === 1);
  });

  it('that never comes whole is a client that went away', async () => {
    const connection = await open();
    connection.send(postBytes(CHAT, chat).slice(0, -5));
    await until(async () => (await mock.stats()).inFlight === 1);
    connection.close();
    await until(async () => (await mock.stats()).inFlight === 0);

    expect(await mock.stats()).toMatchObject({ total: 0, disconnected: 1 });
  });
});

describe('a stream', () => {
  it('waits for a client that does not keep up, and loses nothing', async () => {
    const [tokens, choices] = [600, 128];
    const streamed = async (): Promise<number> => (await mock.stats()).tokensStreamed;
    const connection = await open();
    connection.pause();
    // 20 MB of events: more than all buffers between the two hold.
    const body = { ...chat, model: `mock;gap=0.1ms;tokens=${tokens}`, n: choices, stream: true };
    connection.send(postBytes(CHAT, body, 'Connection: close'));
    let [before, turnsWithoutProgress] = [0, 0];
    await until(async () => {
      const now = await streamed();
      turnsWithoutProgress = now === before ? turnsWithoutProgress + 1 : 0;
      before = now;
      return now > 0 && turnsWithoutProgress > 100;
    });
    expect(before).toBeLessThan(tokens);

    connection.resume();
    await until(() => connection.closed);

    expect(await streamed()).toBe(tokens);
    expect(connection.received.split('"delta":{"content":').length - 1).toBe(tokens * choices);
    expect(connection.received).toContain('data: [DONE]');
  });

  it('counts one client that goes away for each stream on a connection', async () => {
    const connection = await open();
    const slow = postBytes(CHAT, { ...chat, model: 'mock;gap=10s', stream: true });
    connection.send(slow + slow + slow);
    await until(async () => (await mock.stats()).inFlight === 3);
    connection.close();
    await until(async () => (await mock.stats()).inFlight === 0);

    expect(await mock.stats()).toMatchObject({ total: 0, disconnected: 3 });
  });
});

describe('the statistics', () => {
  const stats = async (): Promise<Awaited<ReturnType<RunningMock['stats']>>> =>
    (await (await fetch(`${mock.url}/stats`)).json()) as Awaited<ReturnType<RunningMock['stats']>>;

  it('count requests by path, as it was asked for, and by status', async () => {
    await post(mock.url + CHAT, chat);
    await post(mock.url + CHAT, chat);
    await post(`${mock.url}/chat/completions?x=1`, chat);
    await post(mock.url + CHAT, { ...chat, model: 'mock;status=503' });
    await post(`${mock.url}/v1/embeddings`, { model: 'mock' });
    await post(`${mock.url}/nowhere`, {});
    await fetch(`${mock.url}/v1/models`);
    await fetch(`${mock.url}/v1/models/gpt-4o`);

    const { requests, total } = await stats();
    expect(requests).toEqual({
      '/v1/chat/completions': { 200: 2, 503: 1 },
      '/chat/completions': { 200: 1 },
      '/v1/embeddings': { 400: 1 },
      '/v1/models': { 200: 1 },
      '/v1/models/{model}': { 200: 1 },
      unknown: { 404: 1 },
    });
    expect(total).toBe(8);
  });

  it('leave out questions about the mock itself', async () => {
    await fetch(`${mock.url}/health`);
    await stats();

    expect(await stats()).toMatchObject({ total: 0, inFlight: 0, requests: {} });
  });

  it('hold the percentiles of service times, in microseconds', async () => {
    for (let index = 0; index < 20; index++) await post(mock.url + CHAT, { ...chat, model: 'mock;latency=3ms' });

    const { serviceTime, lateness } = await stats();
    expect(serviceTime).toMatchObject({ unit: 'us', count: 20 });
    expect(lateness).toMatchObject({ unit: 'us', count: 20 });
    // Never early: the one bound that holds on any machine.
    expect(serviceTime.min).toBeGreaterThanOrEqual(3000);
    expect(serviceTime.p50).toBeLessThanOrEqual(serviceTime.p99 ?? 0);
    expect(serviceTime.p99).toBeLessThanOrEqual(serviceTime.max ?? 0);
  });

  it('start anew after a reset, but know what is still in flight', async () => {
    await post(mock.url + CHAT, chat);
    const connection = await open();
    connection.send(postBytes(CHAT, { ...chat, model: 'mock;latency=30s' }));
    await until(async () => (await stats()).inFlight === 1);

    expect((await post(`${mock.url}/stats/reset`, '')).status).toBe(200);

    expect(await stats()).toMatchObject({ inFlight: 1, total: 0, requests: {}, serviceTime: { count: 0 } });
  });
});

describe('stopping', () => {
  it('finishes what is in flight, with a word that the connection ends, and takes nothing new', async () => {
    const idle = await open();
    const connection = await open();
    connection.send(postBytes(CHAT, { ...chat, model: 'mock;latency=50ms', messages }));
    await until(async () => (await mock.stats()).inFlight === 1);

    await mock.stop();

    await until(() => connection.closed && idle.closed);
    expect(statusOf(connection.received)).toBe('HTTP/1.1 200 OK');
    expect(connection.received).toContain('Connection: close');
    await expect(RawConnection.open(mock.port)).rejects.toThrow('ECONNREFUSED');
  });

  it('lets a stream run to its end', async () => {
    const connection = await open();
    connection.send(postBytes(CHAT, { ...chat, model: 'mock;ttft=0ms;gap=20ms;tokens=4', stream: true }));
    await until(() => connection.received.includes('lorem'));

    await mock.stop();

    await until(() => connection.closed);
    expect(connection.received).toContain('data: [DONE]');
  });

  it('cuts what is in flight when it has to be at once', async () => {
    const connection = await open();
    connection.send(postBytes(CHAT, { ...chat, model: 'mock;latency=1h' }));
    await until(async () => (await mock.stats()).inFlight === 1);

    await mock.stop({ immediately: true });

    await until(() => connection.closed);
    expect(connection.received).toBe('');
  });
});
