import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { applyModels } from './apply-models';

interface Model {
  readonly model_name: string;
  readonly model_info: { readonly id: string };
}

const MODELS = `model_list:
  - model_name: fast
    litellm_params: { model: openai/fast, api_base: os.environ/A_VARIABLE_OF_THEIRS, api_key: none }
  - model_name: fast
    litellm_params: { model: openai/second, api_base: os.environ/A_VARIABLE_OF_THEIRS, api_key: none }
`;
const KEY = 'sk-master';

/** A gateway of one process, which knows at once what it is told. */
describe('applying models', () => {
  const known = new Map<string, Model>();
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { url } = request;
      if (url === '/model/new') known.set((JSON.parse(body) as Model).model_info.id, JSON.parse(body) as Model);
      if (url === '/model/delete') known.delete((JSON.parse(body) as { id: string }).id);
      const data = [...known.values()].map((model) => ({
        ...model,
        model_info: { ...model.model_info, db_model: true },
      }));
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
    });
  });
  let folder: string;
  let url: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    known.clear();
    folder = mkdtempSync(path.join(tmpdir(), 'apply-models-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const apply = async (text: string, flags: object = { target: url }): Promise<string> => {
    const file = path.join(folder, 'models.yaml');
    writeFileSync(file, text);
    let now = 0;
    let shown = '';
    await applyModels(
      { file, processes: 1, ...flags },
      {
        variables: { LITELLM_MASTER_KEY: KEY },
        clock: { now: () => now, sleep: (milliseconds) => Promise.resolve(void (now += milliseconds)) },
        show: (line) => (shown += line),
        warn: () => undefined,
        lookUp: (name) =>
          Promise.resolve({ url: name === 'benchmark' ? url : '', masterKey: () => Promise.resolve(KEY) }),
      },
    );
    return shown;
  };

  it('says for each what became of it, and twice is once', async () => {
    expect(await apply(MODELS)).toBe('fast: added\nfast (fast#2): added\n');
    expect(await apply(MODELS)).toBe('fast: unchanged\nfast (fast#2): unchanged\n');
    expect(await apply(MODELS.replace('openai/second', 'openai/third'))).toBe(
      'fast: unchanged\nfast (fast#2): replaced\n',
    );
    expect(known.size).toBe(2);
  });

  it('finds the gateway of an environment', async () => {
    const models = MODELS.replaceAll('A_VARIABLE_OF_THEIRS', 'MOCK_OPENAI_URL');
    expect(await apply(models, { environment: 'benchmark' })).toContain('fast: added');
  });

  it('holds variables against the environment’s own before anything is asked', async () => {
    await expect(apply(MODELS, { environment: 'benchmark' })).rejects.toThrow('A_VARIABLE_OF_THEIRS');
    expect(known.size).toBe(0);
  });

  it('refuses a file without any', async () => {
    await expect(apply('model_list: []\n')).rejects.toThrow(/model_list\s+no model/);
  });
});
