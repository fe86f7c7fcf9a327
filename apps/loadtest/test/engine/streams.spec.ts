import type { ServerResponse } from 'node:http';
import { answer, COMPLETION, httpServer, type KnownServer, rawServer } from './known-servers';
import { atMs, countsOf, measure, sizeOf } from './measure';
import { scenario } from './scenario';

let server: KnownServer;
afterEach(() => server.close());

const streaming = scenario({ request: { stream: true } });
const event = (data: unknown): string => `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
const delta = (content: string): string => event({ choices: [{ index: 0, delta: { content } }] });
const FINISH = event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
const USAGE = event({ choices: [], usage: { completion_tokens: 5 } });
const DONE = event('[DONE]');

/** Says each part after its pause in milliseconds. */
function say(response: ServerResponse, parts: readonly (readonly [number, string])[]): void {
  const [next, ...others] = parts;
  if (next === undefined) {
    response.end();
    return;
  }
  setTimeout(() => {
    response.write(next[1]);
    say(response, others);
  }, next[0]);
}

const streamOf = (parts: readonly (readonly [number, string])[]): Promise<KnownServer> =>
  httpServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.flushHeaders();
    say(response, parts);
  });

describe('a stream', () => {
  it('gives the time to its first token, the gaps and the tokens, as the target sent them', async () => {
    server = await streamOf([
      [0, event({ choices: [{ delta: { role: 'assistant', content: '' } }] })],
      [50, delta('Grüße')],
      [40, delta(' 🦙')],
      [40, delta('!') + FINISH + USAGE],
      [0, DONE],
    ]);
    const measurement = await measure(server.url, streaming);
    expect(countsOf(measurement)).toEqual({ started: 20, succeeded: 20 });
    const { timeToFirstToken, interTokenGap, latency, streamTokenRateMilli } = measurement.histograms;
    expect(sizeOf(timeToFirstToken, 49)).toBe(20);
    expect(sizeOf(interTokenGap)).toBe(40);
    // A timer of the target may be late by the time that the one after it is early.
    expect(atMs(interTokenGap, 50)).toBeGreaterThan(35);
    expect(sizeOf(latency, 129)).toBe(20);
    expect(measurement.outputTokens).toBe(100);
    expect(sizeOf(streamTokenRateMilli)).toBe(20);
  });

  it('is the same stream when its bytes come one by one', async () => {
    const text = delta('Grüße') + delta('🦙') + FINISH + DONE;
    server = await httpServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const byte of Buffer.from(text)) response.write(Buffer.of(byte));
      response.end();
    });
    const measurement = await measure(server.url, streaming);
    expect(countsOf(measurement)).toEqual({ started: 20, succeeded: 20 });
    expect(measurement.outputTokens).toBe(40);
  });

  it.each([
    ['ends without an end', [[0, delta('a')]], /without \[DONE\]/],
    [
      'reports an error in its middle',
      [
        [0, delta('a')],
        [0, event({ error: { message: 'overloaded' } })],
        [0, DONE],
      ],
      /^overloaded$/,
    ],
    [
      'holds something else than JSON',
      [
        [0, delta('a')],
        [0, event('oops')],
        [0, DONE],
      ],
      /no JSON object: oops/,
    ],
    ['says nothing', [[0, DONE]], /without a single content token/],
  ] as const)('that %s is a failure of content, and gives no times', async (_, parts, words) => {
    server = await streamOf(parts);
    const measurement = await measure(server.url, streaming);
    expect(countsOf(measurement)).toEqual({ started: 20, content: 20 });
    expect(measurement.failureSamples[0]?.message).toMatch(words);
    expect(measurement.histograms.timeToFirstToken).toBeUndefined();
    expect(measurement.histograms.interTokenGap).toBeUndefined();
  });

  it('that is no stream is a failure of content', async () => {
    server = await rawServer(({ socket }) => socket.write(answer()));
    const measurement = await measure(server.url, streaming);
    expect(countsOf(measurement)).toEqual({ started: 20, content: 20 });
    expect(measurement.failureSamples[0]?.message).toMatch(/^no stream but application\/json/);
  });

  it('that is refused is the failure that its status says', async () => {
    server = await httpServer((_request, response) => response.writeHead(429).end('{"error":{"message":"slow down"}}'));
    expect(countsOf(await measure(server.url, streaming))).toEqual({ started: 20, status429: 20 });
  });

  it('that breaks off is a reset, one that stops a timeout', async () => {
    let requests = 0;
    server = await httpServer((_request, response) => {
      requests += 1;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(delta('a'), () => requests % 2 === 0 && response.destroy());
    });
    const measurement = await measure(server.url, { ...streaming, timeout: 1 });
    const { started, reset = 0, timeout = 0 } = countsOf(measurement);
    expect([started, reset + timeout, reset > 0, timeout > 0]).toEqual([20, 20, true, true]);
  });

  it('of responses and completions is understood, too', async () => {
    server = await httpServer((request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(
        request.url === '/v1/completions'
          ? event({ choices: [{ text: 'a' }] }) + DONE
          : event({ type: 'response.output_text.delta', delta: 'a' }) +
              event({ type: 'response.completed', response: { usage: { output_tokens: 3 } } }),
      );
    });
    for (const path of ['/v1/completions', '/v1/responses'])
      expect(countsOf(await measure(server.url, scenario({ request: { stream: true, path } })))).toEqual({
        started: 20,
        succeeded: 20,
      });
  });
});

describe('without streaming', () => {
  it('there are no times of tokens', async () => {
    server = await rawServer(({ socket }) => socket.write(answer(COMPLETION)));
    const { histograms } = await measure(server.url, scenario());
    expect([histograms.timeToFirstToken, histograms.interTokenGap, histograms.streamTokenRateMilli]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
