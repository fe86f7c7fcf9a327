import { answer, COMPLETION, type KnownServer, type RawRequest, rawServer } from './known-servers';
import { countsOf, measure } from './measure';
import { closed, scenario } from './scenario';

let server: KnownServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const chunked = (...pieces: string[]): string =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${pieces
    .map((piece) => `${Buffer.byteLength(piece).toString(16)}\r\n${piece}\r\n`)
    .join('')}0\r\n\r\n`;

type Reply = (request: RawRequest) => void;
const saying =
  (text: string): Reply =>
  ({ socket }) =>
    socket.write(text);
const sayingAndClosing =
  (text: string): Reply =>
  ({ socket }) =>
    socket.end(text);
/** Byte by byte, so that every piece of the answer is cut everywhere, characters too. */
const dripping =
  (text: string): Reply =>
  ({ socket }) => {
    socket.setNoDelay(true);
    const bytes = Buffer.from(text);
    const drip = (at: number): void => {
      if (at === bytes.length || socket.destroyed) return;
      socket.write(bytes.subarray(at, at + 1), () => setImmediate(drip, at + 1));
    };
    drip(0);
  };

const half = COMPLETION.slice(0, COMPLETION.length / 2);

describe('an answer', () => {
  it.each<[string, Reply]>([
    ['with a length', saying(answer())],
    ['in chunks', saying(chunked(half, COMPLETION.slice(half.length)))],
    ['that arrives byte by byte', dripping(answer())],
    ['in chunks that arrive byte by byte', dripping(chunked(half, COMPLETION.slice(half.length)))],
    [
      'after 100 Continue and 103 Early Hints',
      saying(`HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${answer()}`),
    ],
    ['of HTTP/1.0, ended by closing', sayingAndClosing(`HTTP/1.0 200 OK\r\n\r\n${COMPLETION}`)],
    [
      'of HTTP/1.1 without a length, ended by closing',
      sayingAndClosing(`HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${COMPLETION}`),
    ],
    ['with a very large head', saying(answer(COMPLETION, { headers: [`x-large: ${'x'.repeat(200_000)}`] }))],
    [
      'with many headers',
      saying(answer(COMPLETION, { headers: Array.from({ length: 300 }, (_, at) => `x-${at}: y`) })),
    ],
    ['larger than what is read at once', saying(answer(COMPLETION.replace('Grüße', 'Grüße '.repeat(40_000))))],
    ['followed by more than was announced', saying(`${answer()}surplus`)],
    ['given twice', saying(answer() + answer())],
    ['with empty lines before it', saying(`\r\n${answer()}`)],
  ])('%s is a success', async (_, reply) => {
    server = await rawServer(reply);
    const measurement = await measure(server.url, scenario());
    expect(countsOf(measurement)).toEqual({ started: 20, succeeded: 20 });
    expect(measurement.outputTokens).toBe(320);
  });

  it('whose connection is then closed without a word is a success', async () => {
    server = await rawServer(sayingAndClosing(answer()));
    // A request that follows on the heels of an answer can meet the closing, as with any client; this one lets it arrive.
    const measurement = await measure(server.url, scenario({ arrival: closed(4, 0.3), duration: 1 }));
    const { started = 0, ...others } = countsOf(measurement);
    expect(others).toEqual({ succeeded: started });
    expect(measurement.outputTokens).toBe(16 * started);
    expect(started).toBeGreaterThanOrEqual(8);
  });

  it.each<[string, Reply, object, RegExp]>([
    [
      '404',
      saying(answer('{"error":{"message":"no such path"}}', { status: '404 Not Found' })),
      { status4xx: 20 },
      /^404 Not Found: no such path$/,
    ],
    [
      '429',
      saying(answer('{"detail":"slow down"}', { status: '429 Too Many Requests' })),
      { status429: 20 },
      /slow down/,
    ],
    [
      '503',
      saying(answer('<html>down</html>', { status: '503 Service Unavailable' })),
      { status5xx: 20 },
      /<html>down/,
    ],
    [
      'a redirect',
      saying(answer('', { status: '302 Found', headers: ['location: /x'] })),
      { content: 20 },
      /302 Found/,
    ],
    ['a status that is none', saying(answer('', { status: '777 What' })), { protocol: 20 }, /777 What/],
    ['no content', saying('HTTP/1.1 204 No Content\r\n\r\n'), { content: 20 }, /empty body/],
    ['an empty body', saying(answer('')), { content: 20 }, /empty body/],
    ['a page', saying(answer('<html>Welcome</html>')), { content: 20 }, /Welcome/],
    ['an error in a success', saying(answer('{"error":{"message":"no model"}}')), { content: 20 }, /no model/],
    ['half a completion', saying(answer(half)), { content: 20 }, /no complete JSON object/],
    ['a compressed body', saying(answer('x', { headers: ['content-encoding: gzip'] })), { content: 20 }, /gzip/],
    ['garbage', saying('\0\x01\x02garbage without a line end'), { protocol: 20 }, /does not begin with HTTP/],
    ['a greeting of another protocol', saying('SSH-2.0-OpenSSH_9\r\n'), { protocol: 20 }, /does not begin with HTTP/],
    ['a status line in ruins', saying('HTTP/9 what\r\n\r\n'), { protocol: 20 }, /Parse Error/],
    [
      'a length that is none',
      saying('HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n'),
      { protocol: 20 },
      /Content-Length/,
    ],
    [
      'two lengths',
      saying('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx'),
      { protocol: 20 },
      /Parse Error/,
    ],
    [
      'a chunk without a size',
      saying('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'),
      { protocol: 20 },
      /size of a chunk/,
    ],
    [
      'a head without an end',
      saying(`HTTP/1.1 200 OK\r\n${`x: ${'y'.repeat(1_000)}\r\n`.repeat(700)}`),
      { protocol: 20 },
      /header/,
    ],
    [
      'a switch of protocols',
      saying('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
      { protocol: 20 },
      /101/,
    ],
    ['nothing, and a close', ({ socket }) => socket.end(), { reset: 20 }, /closed without an answer/],
    ['nothing, and a reset', ({ socket }) => socket.resetAndDestroy(), { reset: 20 }, /ECONNRESET/],
    ['a close in the head', sayingAndClosing('HTTP/1.1 200 OK\r\ncontent-'), { reset: 20 }, /in the middle/],
    ['a close in the body', sayingAndClosing(answer().slice(0, -20)), { reset: 20 }, /in the middle/],
    ['a close in a chunk', sayingAndClosing(chunked(COMPLETION).slice(0, -20)), { reset: 20 }, /in the middle/],
    [
      'a reset in the body',
      ({ socket }) => socket.write(answer().slice(0, -20), () => setTimeout(() => socket.resetAndDestroy(), 5)),
      { reset: 20 },
      /ECONNRESET/,
    ],
  ])('of %s is a failure of its own class, with the words of the target', async (_, reply, failed, words) => {
    server = await rawServer(reply);
    const measurement = await measure(server.url, scenario());
    expect(countsOf(measurement)).toEqual({ started: 20, ...failed });
    expect(measurement.failureSamples).toHaveLength(1);
    expect(measurement.failureSamples[0]).toMatchObject({ class: Object.keys(failed)[0], count: 20 });
    expect(measurement.failureSamples[0]?.message).toMatch(words);
  });
});
