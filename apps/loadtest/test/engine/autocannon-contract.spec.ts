import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import Client from 'autocannon/lib/httpClient';
import { HTTPParser } from 'http-parser-js';
import { listening } from './known-servers';

/** The client's members as the engine finds them: none of this is autocannon's public interface. */
interface Insides {
  conn: Socket;
  parser: Client.Parser & Record<string, unknown>;
  timeoutTicker: { clear: () => void };
  destroyed: boolean;
}

class Recording extends Client {
  readonly calls: string[] = (this as unknown as { early?: string[] }).early ?? [];

  get insides(): Insides {
    return this as unknown as Insides;
  }

  protected override _connect(): void {
    ((this as unknown as { early?: string[] }).early ??= []).push('_connect');
    super._connect();
  }

  protected override _doRequest(): void {
    ((this as unknown as { early?: string[] }).early ??= []).push('_doRequest');
  }
}

function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')) as { version: string };
  return version;
}

describe('autocannon, of which the engine uses private members', () => {
  let server: Awaited<ReturnType<typeof listening>>;
  let client: Recording;

  beforeAll(async () => {
    server = await listening(createServer(), 'http');
    client = new Recording({ hostname: '127.0.0.1', port: server.port, protocol: 'http:' });
    client.insides.timeoutTicker.clear();
    await new Promise((resolve) => client.insides.conn.once('connect', resolve));
  });
  afterAll(async () => {
    client.destroy();
    await server.close();
  });

  it('is the version that was read, and so is its parser', () => {
    expect([versionOf('autocannon'), versionOf('http-parser-js')]).toEqual(['9.0.0', '0.5.10']);
  });

  it('connects in its constructor, through a method that can be overridden', () => {
    expect(client.calls).toEqual(['_connect', '_doRequest']);
  });

  it('has these members', () => {
    const { conn, parser, timeoutTicker, destroyed } = client.insides;
    expect(conn.remotePort).toBe(server.port);
    expect(parser).toBeInstanceOf(HTTPParser);
    expect(typeof timeoutTicker.clear).toBe('function');
    expect(destroyed).toBe(false);
    for (const method of ['_connect', '_doRequest', '_destroyConnection', 'getRequestBuffer', 'destroy'])
      expect(typeof (Client.prototype as unknown as Record<string, unknown>)[method]).toBe('function');
  });

  it("looks the parser's callbacks up by number, and calls them in this order", () => {
    const parser = new HTTPParser(HTTPParser.RESPONSE) as unknown as Client.Parser;
    const seen: unknown[] = [];
    parser[HTTPParser.kOnHeaders] = (trailers: unknown) => seen.push(['trailers', trailers]);
    parser[HTTPParser.kOnHeadersComplete] = (head: Client.ResponseHead) =>
      void seen.push([head.statusCode, head.statusMessage, head.headers, head.shouldKeepAlive]);
    parser[HTTPParser.kOnBody] = (bytes: Buffer) => seen.push(bytes.toString());
    parser[HTTPParser.kOnMessageComplete] = () => seen.push(['complete', parser.offset]);
    const bytes = Buffer.from(
      'xxHTTP/1.1 200 OK\r\nA: b\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nT: u\r\n\r\nyy',
    );
    parser.execute(bytes, 2, bytes.length - 4);
    expect(seen).toEqual([
      [200, 'OK', ['A', 'b', 'transfer-encoding', 'chunked'], true],
      'hi',
      ['trailers', ['T', 'u']],
      ['complete', bytes.length - 2],
    ]);
  });

  it('has a parser whose chunk heads can be replaced, and that starts anew', () => {
    const parser = client.insides.parser;
    parser[HTTPParser.kOnHeadersComplete] = () => undefined;
    const lines: unknown[] = [];
    parser.BODY_CHUNKHEAD = () => {
      lines.push(parser.consumeLine(), parser.body_bytes, parser.state);
      throw new Error('refused');
    };
    const bytes = Buffer.from('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n');
    expect(parser.execute(bytes, 0, bytes.length)).toEqual(new Error('refused'));
    expect(lines).toEqual(['zz', null, 'BODY_CHUNKHEAD']);
    parser.reinitialize('RESPONSE');
    expect(parser.state).toBe('RESPONSE_LINE');
    expect(typeof parser.maxHeaderSize).toBe('number');
  });

  it('has a parser that ends a body without a length when the peer closes', () => {
    const parser = new HTTPParser(HTTPParser.RESPONSE) as unknown as Client.Parser;
    let complete = false;
    parser[HTTPParser.kOnMessageComplete] = () => (complete = true);
    const bytes = Buffer.from('HTTP/1.0 200 OK\r\n\r\nbody');
    parser.execute(bytes, 0, bytes.length);
    expect([complete, parser.finish(), complete]).toEqual([false, undefined, true]);
  });
});
