import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handler } from './handler';

let server: Server;
let origin: string;
/** A port that nobody listens on. */
let closed: string;

async function listen(one: Server): Promise<string> {
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(one.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/silent') return;
    const status = request.url === '/ready' ? 200 : 503;
    response.writeHead(status).end(`{"status":"${status === 200 ? 'healthy' : 'unhealthy'}"}${' '.repeat(500)}`);
  });
  origin = await listen(server);
  const gone = createServer();
  closed = await listen(gone);
  gone.close();
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('reports what each address said, also nothing', async () => {
  const urls = ['/ready', '/not-ready', '/silent'].map((path) => `${origin}${path}`);

  const answers = await handler({ urls: [...urls, `${closed}/`], timeoutSeconds: 0.2 });

  expect(answers).toEqual([
    { url: urls[0], status: 200, detail: expect.stringContaining('"healthy"') as string },
    { url: urls[1], status: 503, detail: expect.stringContaining('"unhealthy"') as string },
    { url: urls[2], status: 0, detail: expect.stringMatching(/timeout|aborted/) as string },
    { url: `${closed}/`, status: 0, detail: expect.stringContaining('ECONNREFUSED') as string },
  ]);
  expect(answers[0]!.detail).toHaveLength(200);
});

test('refuses a question that is none', async () => {
  await expect(handler({ urls: ['file:///etc/passwd'], timeoutSeconds: 1 })).rejects.toThrow();
});
