import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a server does with the n-th completion request of the load (the probe before it is not counted and always succeeds). */
export type Behaviour = (n: number, response: ServerResponse, request: IncomingMessage, body: string) => void;

/** A server whose behaviour is known exactly, and which counts what reached it. */
export interface KnownServer {
  readonly url: string;
  /** Completion requests of the load that reached it. */
  readonly received: () => number;
  readonly bodies: readonly string[];
  readonly connections: () => number;
  /** Destroys the listener and every connection, as a crash would. */
  readonly crash: () => void;
  readonly close: () => Promise<void>;
}

/** A chat completion as OpenAI answers it. */
export const COMPLETION = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'known',
  choices: [{ index: 0, message: { role: 'assistant', content: 'grüße' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
});

/** Answers with a completion after a delay. */
export function complete(response: ServerResponse, afterMs = 0, headers: Record<string, string> = {}): void {
  const answer = (): void => {
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(COMPLETION),
      ...headers,
    });
    response.end(COMPLETION);
  };
  if (afterMs > 0) setTimeout(answer, afterMs);
  else answer();
}

/** Starts a server of known behaviour on a free port of the loopback address. */
export async function startKnownServer(behaviour: Behaviour): Promise<KnownServer> {
  let posts = 0;
  let connections = 0;
  const bodies: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    if (request.method !== 'POST') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'known', object: 'model' }] }));
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posts += 1;
      if (posts === 1) {
        complete(response);
        return;
      }
      const body = Buffer.concat(chunks).toString('utf8');
      bodies.push(body);
      behaviour(posts - 2, response, request, body);
    });
  });
  server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4096, resolve));
  const { port } = server.address() as AddressInfo;
  const crash = (): void => {
    server.close();
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    url: `http://127.0.0.1:${port}`,
    received: () => Math.max(0, posts - 1),
    bodies,
    connections: () => connections,
    crash,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
