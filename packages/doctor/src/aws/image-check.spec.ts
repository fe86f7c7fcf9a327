import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { image } from './image-check';

/** A registry that speaks to nobody without a token, and gives one to everybody. */
class Registry {
  readonly requests: string[] = [];
  readonly #server: Server = createServer((request, response) => this.#answer(request, response));

  constructor(
    readonly images: ReadonlySet<string>,
    readonly tokenStatus = 200,
  ) {}

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer({ url = '', method, headers }: IncomingMessage, response: ServerResponse): void {
    this.requests.push(`${method ?? ''} ${url}`);
    if (url.startsWith('/token')) {
      response.writeHead(this.tokenStatus, { 'content-type': 'application/json' }).end(JSON.stringify({ token: 'T' }));
    } else if (headers.authorization !== 'Bearer T') {
      const realm = `http://${headers.host ?? ''}/token`;
      const challenge = `Bearer realm="${realm}",service="registry",scope="repository:berriai/litellm:pull"`;
      response.writeHead(401, { 'www-authenticate': challenge }).end();
    } else {
      response.writeHead(this.images.has(url) ? 200 : 404).end();
    }
  }
}

describe('an image', () => {
  let registry: Registry;
  const open = async (tokenStatus?: number): Promise<string> => {
    registry = new Registry(new Set(['/v2/berriai/litellm/manifests/v1.108.7']), tokenStatus);
    return registry.start();
  };
  afterEach(() => registry.stop());

  it('is found with a token for pulling, without downloading it', async () => {
    const host = await open();
    expect(await image(`${host}/berriai/litellm:v1.108.7`, fetch)).toMatchObject({ state: 'ok' });
    expect(registry.requests).toEqual([
      'HEAD /v2/berriai/litellm/manifests/v1.108.7',
      'GET /token?service=registry&scope=repository%3Aberriai%2Flitellm%3Apull',
      'HEAD /v2/berriai/litellm/manifests/v1.108.7',
    ]);
  });

  it('is not there', async () => {
    const host = await open();
    expect(await image(`${host}/berriai/litellm:v9`, fetch)).toMatchObject({ state: 'missing' });
  });

  it('is private', async () => {
    const host = await open(403);
    const finding = await image(`${host}/berriai/litellm:v1.108.7`, fetch);
    expect(finding).toMatchObject({ state: 'missing', seen: expect.stringContaining('401') as string });
    expect(finding.remedy).toContain('ECR');
  });

  it('cannot be asked for', async () => {
    const host = await open();
    await registry.stop();
    const finding = await image(`${host}/berriai/litellm:v1.108.7`, fetch);
    expect(finding).toMatchObject({ state: 'warning', seen: expect.stringContaining('ECONNREFUSED') as string });
    registry = new Registry(new Set());
    await registry.start();
  });
});

describe('the registry of an image', () => {
  it.each([
    ['node:20', 'https://registry-1.docker.io/v2/library/node/manifests/20'],
    ['docker.io/grafana/grafana:12.1', 'https://registry-1.docker.io/v2/grafana/grafana/manifests/12.1'],
    ['ghcr.io/berriai/litellm:v1.108.7', 'https://ghcr.io/v2/berriai/litellm/manifests/v1.108.7'],
    [
      `ghcr.io/berriai/litellm:v1@sha256:${'ab'.repeat(32)}`,
      `https://ghcr.io/v2/berriai/litellm/manifests/sha256:${'ab'.repeat(32)}`,
    ],
  ])('of %s is asked at %s', async (reference, url) => {
    const asked: string[] = [];
    await image(reference, (address) => {
      asked.push(address);
      return Promise.resolve(new Response());
    });
    expect(asked).toEqual([url]);
  });

  it('is not asked for ECR’s, which wants the tasks’ own role', async () => {
    const unasked = () => Promise.reject(new Error('asked'));
    const reference = '123456789012.dkr.ecr.us-east-1.amazonaws.com/litellm:v1';
    expect(await image(reference, unasked)).toMatchObject({ state: 'ok' });
  });
});
