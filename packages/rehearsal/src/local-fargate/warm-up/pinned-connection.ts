import { Agent, request } from 'node:http';

/** An answer over a pinned connection. */
export interface PinnedAnswer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
  readonly seconds: number;
  /** Local port of the connection: another one means another connection, so perhaps another worker. */
  readonly localPort: number;
}

/**
 * One HTTP connection, used again and again. Workers of uvicorn share a listening socket, but whoever accepted a connection
 * answers everything that comes over it.
 */
export class PinnedConnection {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    private readonly origin: URL,
    private readonly headers: Readonly<Record<string, string>>,
    private readonly timeoutSeconds: number,
  ) {}

  get(path: string): Promise<PinnedAnswer> {
    return this.send('GET', path, undefined);
  }

  post(path: string, body: unknown): Promise<PinnedAnswer> {
    return this.send('POST', path, JSON.stringify(body));
  }

  close(): void {
    this.agent.destroy();
  }

  private send(method: string, path: string, body: string | undefined): Promise<PinnedAnswer> {
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const call = request(
        {
          agent: this.agent,
          host: this.origin.hostname,
          port: this.origin.port,
          method,
          path,
          timeout: this.timeoutSeconds * 1000,
          headers: { ...this.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        },
        (response) => {
          const localPort = response.socket.localPort ?? 0;
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => (text += chunk));
          response.once('error', reject);
          response.once('end', () => {
            const seconds = (performance.now() - began) / 1000;
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text, seconds, localPort });
          });
        },
      );
      call.once('timeout', () => call.destroy(new Error(`no answer within ${this.timeoutSeconds} s`)));
      call.once('error', reject);
      call.end(body);
    });
  }
}
