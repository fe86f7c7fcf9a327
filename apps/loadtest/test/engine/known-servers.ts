import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A server on loopback whose behaviour the test knows. */
export interface KnownServer {
  /** Base address. */
  readonly url: string;
  readonly port: number;
  /** Connections accepted so far. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** A request as a raw server sees it; counted from 0 over all connections. */
export interface RawRequest {
  readonly socket: Socket;
  readonly number: number;
  /** Counted from 0 on its connection. */
  readonly onConnection: number;
  readonly head: string;
  readonly body: string;
}

/** A chat completion as JSON. */
export const COMPLETION = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Grüße 🦙' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 5, completion_tokens: 16, total_tokens: 21 },
});

/** An HTTP answer, byte for byte. */
export function answer(body = COMPLETION, { status = '200 OK', headers = [] as readonly string[] } = {}): string {
  const lines = [
    `HTTP/1.1 ${status}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    ...headers,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** A server that takes requests apart and leaves everything else to the test, so that it can misbehave in any way. */
export function rawServer(
  onRequest: (request: RawRequest) => void,
  host = '127.0.0.1',
  port = 0,
): Promise<KnownServer> {
  let requests = 0;
  const server = createServer((socket) => {
    let onConnection = 0;
    let unread = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      unread = Buffer.concat([unread, bytes]);
      for (;;) {
        const end = unread.indexOf('\r\n\r\n');
        if (end < 0) return;
        const head = unread.toString('latin1', 0, end);
        const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
        if (unread.length < end + 4 + length) return;
        const body = unread.toString('utf8', end + 4, end + 4 + length);
        unread = unread.subarray(end + 4 + length);
        onRequest({ socket, number: requests, onConnection, head, body });
        requests += 1;
        onConnection += 1;
      }
    });
  });
  return listening(server, 'http', host, port);
}

/** A server of Node's own HTTP. */
export function httpServer(
  listener: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<KnownServer> {
  return listening(createHttpServer(collecting(listener)), 'http');
}

/** Calls the listener when the request's body is complete. */
export function collecting(
  listener: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): RequestListener {
  return (request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (bytes: Buffer) => pieces.push(bytes));
    request.on('end', () => listener(request, response, Buffer.concat(pieces).toString('utf8')));
  };
}

/** Starts a server, on a free port unless one is given. */
export async function listening(
  server: Server,
  scheme: 'http' | 'https',
  host = '127.0.0.1',
  wantedPort = 0,
): Promise<KnownServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(wantedPort, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    connections: () => connections,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
