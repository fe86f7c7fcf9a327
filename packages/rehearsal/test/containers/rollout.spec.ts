import { join } from 'node:path';
import { workspaceRoot } from '@loadlab/foundation';
import { LocalContainers } from '../../src/containers/local-containers';
import { LocalFargate, type LocalService } from '../../src/local-fargate';
import { nodeRuntime } from '../../src/local-fargate/runtime/node-runtime';
import { liteLlmRuntime } from '../../src/local-fargate/runtime/litellm-runtime';
import { readSecret } from '../../src/resources/secretsmanager/read-secret';
import { RehearsedLab } from '../lab/rehearsed-lab';
import { isFull } from '../lab/sample';
import { scratchFolder } from '../local-fargate/scratch';
import { underLoad, type LoadResult } from './steady-load';

// With the real LiteLLM in full: a start takes 10 s on an idle machine, several times that on a busy one.
jest.setTimeout(10 * 60_000);

const lab = new RehearsedLab('laptop', { containers: () => containers });
const scratch = scratchFolder();
let fargate: LocalFargate;
let containers: LocalContainers;

beforeAll(async () => {
  fargate = await LocalFargate.open({
    root: scratch.path,
    runtimes: [liteLlmRuntime(join(workspaceRoot(), '.venv')), nodeRuntime],
  });
  containers = new LocalContainers({ fargate, account: lab.account, secrets: lab.secrets });
  await lab.start();
  await lab.synthesize();
  await lab.deploy('network', 'mock-openai');
});
afterAll(async () => {
  await lab.stop();
  await fargate.close();
  scratch.remove();
});

/** The service of a stack as it runs here. */
function service(stack: string): LocalService {
  const running = containers.services.find(({ name }) => name.includes(stack));
  if (running === undefined) throw new Error(`nothing of ${stack} runs`);
  return running;
}

function post(url: string, model: string, key = ''): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] }),
  });
}

function tell(what: string, { answered, failures }: LoadResult, since: number): void {
  const seconds = ((Date.now() - since) / 1000).toFixed(1);
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
  console.log(`${what}: ${answered} requests answered and ${failed} failed in ${seconds} s`);
}

it('a changed service of the mock rolls out with no failed request', async () => {
  const { url, tasks } = service('mock-openai');
  await lab.synthesize({ mockOpenai: { latency: '20ms' } });
  const since = Date.now();
  const { load } = await underLoad(
    () => post(url, 'any'),
    20,
    () => lab.deploy('mock-openai'),
  );
  tell('another latency of the mock', load, since);
  expect(load.failures).toEqual({});
  expect(load.answered).toBeGreaterThan(30);
  expect(service('mock-openai').tasks).toHaveLength(1);
  expect(service('mock-openai').tasks[0]?.id).not.toBe(tasks[0]?.id);
  expect(await lab.plan('mock-openai')).toEqual([]);
});

(isFull ? describe : describe.skip)('the real LiteLLM', () => {
  let good = '';
  let url = '';
  let key = '';
  const ask = (model = 'fake-openai-endpoint'): Promise<Response> => post(url, model, key);
  /** With a model more than before, and so with something to see. */
  const better = (): string => good.replace('model_list:', `model_list:\n${ANOTHER_MODEL}`);

  beforeAll(async () => {
    await lab.deploy('proxy-service');
    good = lab.config;
    url = service('proxy-service').url;
    const [secret] = lab.account
      .read()
      .ofType('aws_secretsmanager_secret')
      .filter(({ id }) => id.includes('master-key'));
    key = readSecret(lab.account, lab.secrets, secret?.id ?? '') ?? '';
    expect((await ask()).status).toBe(200);
  });

  const rollOut = async (config: string): Promise<{ readonly load: LoadResult; readonly error: string }> => {
    lab.configure(config);
    await lab.synthesize();
    const { load, outcome } = await underLoad(ask, 200, () =>
      lab.deploy('proxy-service').then(
        () => '',
        (error: unknown) => String(error),
      ),
    );
    return { load, error: outcome };
  };

  it('a config.yaml that passes the linter but not LiteLLM fails the apply with its reason, and the old tasks go on', async () => {
    const serving = service('proxy-service').tasks.map(({ id }) => id);
    const since = Date.now();
    const { load, error } = await rollOut(good.replace('litellm_settings:', `litellm_settings:\n${UNKNOWN_CALLBACK}`));
    tell('a config.yaml that LiteLLM cannot start with', load, since);
    // As Terraform wraps it.
    expect(error.replace(/\s*\n?│?\s+/g, ' ')).toContain('Could not import handler from no_such_module');
    expect(load.failures).toEqual({});
    expect(service('proxy-service').tasks.map(({ id }) => id)).toEqual(serving);
    // What was not reached is still wanted.
    expect((await lab.plan('proxy-service')).map(({ type }) => type)).toContain('aws_ecs_service');
  });

  it('a good config.yaml rolls out with no failed request', async () => {
    expect((await ask('another')).status).toBe(400);
    const since = Date.now();
    const { load, error } = await rollOut(better());
    tell('a good config.yaml', load, since);
    expect([error, load.failures]).toEqual(['', {}]);
    expect((await ask('another')).status).toBe(200);
    expect(await lab.plan('proxy-service')).toEqual([]);
  });

  it('the former config.yaml, deployed again, brings back what was, with no failed request', async () => {
    const since = Date.now();
    const { load, error } = await rollOut(good);
    tell('back to the former config.yaml', load, since);
    expect([error, load.failures]).toEqual(['', {}]);
    expect((await ask('another')).status).toBe(400);
  });
});

const ANOTHER_MODEL = `  - model_name: another
    litellm_params:
      model: openai/another
      api_base: os.environ/MOCK_OPENAI_URL
      api_key: not-needed
    model_info:
      id: another`;

/** Of litellm_settings. No linter can know which modules there are: LiteLLM imports the module when it starts. */
const UNKNOWN_CALLBACK = '  callbacks: [no_such_module.handler]';
