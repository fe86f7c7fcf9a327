import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What AWS answers to a call: a status, headers and a JSON body. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Calls by name, `ecs.RunTask` or `lambda.<function's name>`; each gets the request's body. */
export type Calls = Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => Answer | Promise<Answer>>>;

/** A server that speaks as much of AWS's protocols as the handlers use. */
export async function fakeAws(calls: Calls) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    void body(request).then(async (text) => {
      const name = nameOf(request);
      seen.push(name);
      const call = calls[name];
      const answer: Answer =
        call === undefined
          ? { status: 400, body: { __type: 'UnknownOperationException', message: name } }
          : await call(text === '' ? {} : (JSON.parse(text) as Record<string, unknown>));
      const { status = 200, headers = {} } = answer;
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', ...headers });
      response.end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function nameOf({ url = '', headers }: IncomingMessage): string {
  const invocation = /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(url);
  if (invocation !== null) return `lambda.${invocation[1] ?? ''}`;
  const [service = '', operation = ''] = String(headers['x-amz-target']).split('.');
  return `${service.startsWith('Logs') ? 'logs' : 'ecs'}.${operation}`;
}

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
