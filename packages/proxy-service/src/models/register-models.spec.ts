import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InputError } from '@loadlab/foundation';
import type { LiteLlmDeployment } from '../litellm-config/litellm-config-schema';
import { gatewayAdmin } from './gateway-admin';
import { registerModels, type Clock, type Registration } from './register-models';

const MASTER_KEY = 'sk-master-key-of-this-test';
const RELOAD_MS = 30_000;

/** Time that passes only while somebody sleeps. */
class VirtualClock implements Clock {
  #now = 0;
  now(): number {
    return this.#now;
  }
  sleep(milliseconds: number): Promise<void> {
    this.#now += milliseconds;
    return Promise.resolve();
  }
}

interface Row {
  readonly model_name: string;
  readonly litellm_params: object;
  readonly model_info: { readonly id: string; readonly db_model?: boolean };
}

/** A gateway as LiteLLM is: a database, and processes that look into it every 30 s; each request meets the next one. */
class FakeGateway {
  readonly rows = new Map<string, Row>();
  readonly calls: string[] = [];
  refusal: { readonly status: number; readonly body: unknown } | undefined;
  readonly #views: { rows: Row[]; lookedAt: number }[];
  readonly #server: Server;
  #next = 0;

  constructor(
    readonly clock: Clock,
    processes: number,
    readonly fromConfig: readonly Row[] = [],
  ) {
    this.#views = Array.from({ length: processes }, (_unused, index) => ({ rows: [], lookedAt: index * 1000 }));
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** What each process serves at this moment. */
  served(): string[][] {
    return this.#views.map((view) => this.#look(view).map(({ model_info }) => model_info.id));
  }

  #look(view: { rows: Row[]; lookedAt: number }): Row[] {
    if (this.clock.now() - view.lookedAt >= RELOAD_MS) {
      view.rows = [...this.rows.values()];
      view.lookedAt = this.clock.now();
    }
    return view.rows;
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const call = `${request.method ?? ''} ${request.url ?? ''}`;
    this.calls.push(call);
    if (request.headers.authorization !== `Bearer ${MASTER_KEY}`) return { status: 401, body: { error: 'no' } };
    if (this.refusal !== undefined && request.method === 'POST') return this.refusal;
    const view = this.#views[this.#next++ % this.#views.length]!;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body =
      chunks.length === 0 ? undefined : (JSON.parse(Buffer.concat(chunks).toString()) as Row & { id: string });
    if (call === 'GET /v1/model/info') {
      const own = this.#look(view).map((row) => ({ ...row, model_info: { ...row.model_info, db_model: true } }));
      return { status: 200, body: { data: [...this.fromConfig, ...own] } };
    }
    if (body !== undefined && call === 'POST /model/new') {
      if (this.rows.has(body.model_info.id)) return { status: 500, body: { error: 'unique constraint' } };
      this.rows.set(body.model_info.id, body);
    }
    if (body !== undefined && call === 'POST /model/delete') this.rows.delete(body.id);
    if (request.method === 'POST') view.rows = [...this.rows.values()];
    return { status: 200, body: {} };
  }
}

const deployment = (name: string, params: object = {}, id?: string): LiteLlmDeployment => ({
  model_name: name,
  litellm_params: { model: `openai/${name}`, ...params },
  ...(id === undefined ? {} : { model_info: { id } }),
});

describe('registerModels', () => {
  const gateways: FakeGateway[] = [];
  afterEach(async () => {
    await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
  });

  async function setUp(options: { processes?: number; fromConfig?: readonly Row[] } = {}) {
    const { processes = 4, fromConfig } = options;
    const clock = new VirtualClock();
    const fake = new FakeGateway(clock, processes, fromConfig);
    gateways.push(fake);
    const url = await fake.listen();
    const apply = (
      deployments: readonly LiteLlmDeployment[],
      more: { masterKey?: string; patienceSeconds?: number } = {},
    ): Promise<Registration[]> => {
      const { masterKey = MASTER_KEY, ...rest } = more;
      return registerModels({ gateway: gatewayAdmin({ url, masterKey }), deployments, processes, clock, ...rest });
    };
    return { fake, clock, url, apply };
  }
  const outcomes = (registrations: readonly Registration[]) => registrations.map(({ outcome }) => outcome);

  it('adds what the gateway does not have', async () => {
    const { fake, apply } = await setUp();
    expect(outcomes(await apply([deployment('a'), deployment('b')]))).toEqual(['added', 'added']);
    expect([...fake.rows.keys()]).toEqual(['a', 'b']);
  });

  it('comes back only when every process serves them', async () => {
    const { fake, apply } = await setUp({ processes: 8 });
    await apply([deployment('a')]);
    expect(fake.served()).toEqual(Array.from({ length: 8 }, () => ['a']));
  });

  it('changes nothing the second time', async () => {
    const { fake, apply } = await setUp();
    await apply([deployment('a', { rpm: 5 }), deployment('b')]);
    const before = [...fake.rows];
    fake.calls.length = 0;
    expect(outcomes(await apply([deployment('a', { rpm: 5 }), deployment('b')]))).toEqual(['unchanged', 'unchanged']);
    expect([...fake.rows]).toEqual(before);
    expect(fake.calls.filter((call) => call.startsWith('POST'))).toEqual([]);
  });

  it('takes the same parameters in another order for the same', async () => {
    const { apply } = await setUp();
    await apply([deployment('a', { rpm: 5, tpm: 6 })]);
    expect(outcomes(await apply([deployment('a', { tpm: 6, rpm: 5 })]))).toEqual(['unchanged']);
  });

  it('replaces what changed, without a trace of the parameters before', async () => {
    const { fake, apply } = await setUp();
    await apply([deployment('a', { rpm: 5 })]);
    expect(outcomes(await apply([deployment('a', { tpm: 7 })]))).toEqual(['replaced']);
    expect(fake.rows.get('a')?.litellm_params).toEqual({ model: 'openai/a', tpm: 7 });
  });

  it('gives a second deployment of a name an id of its own, and keeps ids that are given', async () => {
    const { fake, apply } = await setUp();
    await apply([deployment('a'), deployment('a', { rpm: 1 }), deployment('a', { rpm: 2 }, 'mine')]);
    expect([...fake.rows.keys()]).toEqual(['a', 'a#2', 'mine']);
  });

  it('leaves a deployment of the gateway’s own config.yaml to it', async () => {
    const row = { model_name: 'a', litellm_params: {}, model_info: { id: 'a', db_model: false } };
    const { fake, apply } = await setUp({ fromConfig: [row] });
    expect(outcomes(await apply([deployment('a', { rpm: 9 })]))).toEqual(['inConfig']);
    expect(fake.rows.size).toBe(0);
  });

  it('gives up, saying so, when a process never learns of them', async () => {
    const { fake, apply } = await setUp({ processes: 2 });
    await apply([deployment('a')]);
    fake.rows.clear();
    // A gateway that accepts and forgets.
    fake.refusal = { status: 200, body: {} };
    await expect(apply([deployment('b')], { patienceSeconds: 60 })).rejects.toThrow(/serves b after 60 s/);
  });

  it.each([
    ['a gateway without a database', { status: 500, body: { error: 'No DB Connected.' } }, /proxy\.storeModelInDb/],
    [
      'a gateway that keeps no models',
      { status: 500, body: { error: "Set `'STORE_MODEL_IN_DB='True'` in your env" } },
      /proxy\.storeModelInDb/,
    ],
    ['a model that LiteLLM refuses', { status: 400, body: { error: 'litellm_params.model is odd' } }, /model is odd/],
  ])('passes the words of %s on', async (_what, refusal, words) => {
    const { fake, apply } = await setUp();
    fake.refusal = refusal;
    await expect(apply([deployment('a')])).rejects.toThrow(words);
  });

  it('says that a key was refused, and not which', async () => {
    const { apply } = await setUp();
    const error: unknown = await apply([deployment('a')], { masterKey: 'sk-wrong-key' }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(/refuses the key \(401\)/);
    expect((error as Error).message).not.toContain('sk-wrong');
  });

  it('says that nothing answers', async () => {
    const { fake, url } = await setUp();
    await fake.close();
    gateways.length = 0;
    await expect(gatewayAdmin({ url, masterKey: MASTER_KEY }).deployments()).rejects.toThrow(/does not answer/);
  });
});
