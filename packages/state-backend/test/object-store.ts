import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * As much of S3 as Terraform's backend asks for, in memory: buckets, objects, lists, and writes that must be the first
 * (which is how it locks).
 */
export class ObjectStore {
  readonly objects = new Map<string, Buffer>();
  readonly #buckets = new Set<string>();
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.#answer(request, response, Buffer.concat(chunks));
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  makeBucket(name: string): void {
    this.#buckets.add(name);
  }

  #answer({ method, url, headers }: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const { pathname, searchParams } = new URL(url ?? '/', 'http://s3');
    const [bucket = '', ...rest] = decodeURIComponent(pathname).slice(1).split('/');
    const key = rest.join('/');
    const end = (status: number, content: string | Buffer = ''): void => {
      const range = { 'content-range': `bytes 0-${content.length - 1}/${content.length}` };
      const headers = { etag: '"x"', 'content-length': content.length, ...(status === 206 ? range : {}) };
      response.writeHead(status, headers).end(method === 'HEAD' ? '' : content);
    };
    const refuse = (status: number, code: string): void => {
      end(status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
    };

    if (key === '' && method === 'PUT') {
      this.makeBucket(bucket);
      end(200);
    } else if (!this.#buckets.has(bucket)) {
      refuse(404, 'NoSuchBucket');
    } else if (key === '') {
      end(200, this.#list(`${bucket}/${searchParams.get('prefix') ?? ''}`, bucket.length + 1));
    } else {
      this.#object(method ?? '', `${bucket}/${key}`, headers['if-none-match'] === '*', body, end, refuse);
    }
  }

  #list(prefix: string, offset: number): string {
    const keys = [...this.objects.keys()].filter((path) => path.startsWith(prefix)).map((path) => path.slice(offset));
    const contents = keys.map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`).join('');
    return `<ListBucketResult><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`;
  }

  #object(
    method: string,
    path: string,
    mustBeNew: boolean,
    body: Buffer,
    end: (status: number, content?: string | Buffer) => void,
    refuse: (status: number, code: string) => void,
  ): void {
    const found = this.objects.get(path);
    if (method === 'PUT' && mustBeNew && found !== undefined) {
      refuse(412, 'PreconditionFailed');
    } else if (method === 'PUT') {
      this.objects.set(path, body);
      end(200);
    } else if (method === 'DELETE') {
      this.objects.delete(path);
      end(204);
    } else if (found === undefined) {
      refuse(404, 'NoSuchKey');
    } else {
      // Terraform asks for parts until it is told that there are no more.
      end(method === 'HEAD' ? 200 : 206, found);
    }
  }
}
