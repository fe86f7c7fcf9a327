import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';

/** A request as the server saw it. */
export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** An API on loopback that remembers what it was asked. */
export interface ApiServer {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  close(): Promise<void>;
}

/** Answers a completion; the n-th of them, counted from 1. */
type Complete = (response: ServerResponse, number: number, request: SeenRequest) => void;

/** An OpenAI-compatible API that knows these models and answers completions as the test wants. */
export async function apiServer({
  complete = (response) => respond(response, 200, { choices: [{ message: { content: 'Hello' } }] }),
  models = ['fake-openai-endpoint'],
  secure = false,
}: { complete?: Complete; models?: readonly string[]; secure?: boolean } = {}): Promise<ApiServer> {
  const seen: SeenRequest[] = [];
  let completions = 0;
  const listener: RequestListener = (request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const entry = { path: request.url ?? '', headers: request.headers, body };
      seen.push(entry);
      if (request.method === 'POST') complete(response, ++completions, entry);
      else if (entry.path === '/v1/models') respond(response, 200, { data: models.map((id) => ({ id })) });
      else respond(response, entry.path === '/health/liveliness' ? 200 : 404, { status: 'fine' });
    });
  };
  const server = secure ? createHttpsServer(certificate(), listener) : createHttpServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${secure ? 'https' : 'http'}://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Sends JSON. */
export function respond(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function certificate(): { key: string; cert: string } {
  const { private: key, cert } = generate([{ name: 'commonName', value: '127.0.0.1' }], { days: 1, keySize: 2048 });
  return { key, cert };
}
