import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Workbench, type Ended } from './loadlab-process';

/** Commands that look at or change an account, as a user runs them, against servers that answer as AWS and LiteLLM do. */
jest.setTimeout(60_000);

const SOUND = `model_list:
  - model_name: fake
    litellm_params: { model: openai/fake, api_base: os.environ/MOCK_OPENAI_URL, api_key: none }
`;
const ENVIRONMENT = `# ours
namespace: lab
region: us-east-1
owner: me # and you
backend:
  local: {}
database: none
proxy: { tasks: 1, cpu: 2, workersPerTask: 2, memoryGb: 4 }
`;

type Answer = (request: IncomingMessage, body: string, response: ServerResponse) => void;
const servers: Server[] = [];
let bench: Workbench;

beforeEach(() => {
  bench = new Workbench();
  mkdirSync(path.join(bench.folder, 'trial'));
  bench.write('trial/environment.yaml', ENVIRONMENT);
});
afterEach(async () => {
  bench.remove();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => answer(request, body, response));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Parameter Store with one parameter. */
const parameterStore = () =>
  serve((_request, _body, response) => response.end(JSON.stringify({ Parameter: { Value: SOUND } })));

function loadlab(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const aws = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing', AWS_EC2_METADATA_DISABLED: 'true' };
  return bench.run(args, { env: { LOADLAB_ENVIRONMENT: '', ...aws, ...env } });
}

describe('whatever changes an account', () => {
  it.each([
    ['state bootstrap', ['state', 'bootstrap']],
    ['config pull', ['config', 'pull', '--from', 'ssm:config']],
    ['models apply', ['models', 'apply', 'models.yaml']],
    ['extend', ['extend', '--by', '4h']],
  ])('wants its environment named: %s', async (_what, args) => {
    const { code, stderr } = await loadlab(args);
    expect(code).toBe(3);
    expect(stderr).toMatch(/--environment\n {2}is needed by whatever changes an account/);
  });
});

describe('loadlab state bootstrap', () => {
  it('has nothing to do for states that are in a folder', async () => {
    bench.write('trial/config.yaml', SOUND);
    const { code, stderr } = await loadlab(['state', 'bootstrap', '--environment', './trial']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/keeps its states in local/);
  });
});

describe('loadlab config pull', () => {
  const pull = async (...more: string[]) =>
    loadlab(['config', 'pull', '--from', 'ssm:/lab/config', '--environment', './trial', ...more], {
      AWS_ENDPOINT_URL: await parameterStore(),
    });

  it('brings the first config.yaml of an environment, and finds it the same when asked again', async () => {
    const { code, stdout, stderr } = await pull('--yes');
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toContain('+model_list:');
    expect(bench.read('trial/config.yaml')).toBe(SOUND);
    expect((await pull()).stdout).toContain('is the same already');
  });

  it('only shows the difference where nobody can be asked', async () => {
    bench.write('trial/config.yaml', SOUND.replace('fake\n', 'old\n'));
    const { code, stdout, stderr } = await pull();
    expect(code).toBe(3);
    expect(stdout).toContain('-  - model_name: old');
    expect(stderr).toMatch(/--yes\n {2}is needed/);
    expect(bench.read('trial/config.yaml')).toContain('old');
  });
});

describe('loadlab extend', () => {
  it('moves the expiry, and shows what it changed', async () => {
    bench.write('trial/config.yaml', SOUND);
    const { code, stdout } = await loadlab(['extend', '--environment', './trial', '--until', '2999-01-01T00:00:00Z']);
    expect(code).toBe(0);
    expect(stdout).toContain('+expiresAt: 2999-01-01T00:00:00Z');
    const line = 'owner: me # and you\n';
    expect(bench.read('trial/environment.yaml')).toBe(
      ENVIRONMENT.replace(line, `${line}expiresAt: 2999-01-01T00:00:00Z\n`),
    );
  });
});

describe('loadlab models apply', () => {
  /** A gateway of one process that keeps what it is told; its models come from config.yaml where they were told before. */
  const gateway = (known: object[]) =>
    serve(({ url, headers }, body, response) => {
      const status = headers.authorization === 'Bearer sk-master' ? 200 : 401;
      if (url === '/model/new') known.push(JSON.parse(body) as object);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ data: known }));
    });
  const apply = (url: string, env: NodeJS.ProcessEnv) =>
    loadlab(['models', 'apply', bench.write('models.yaml', SOUND), '--target', url, '--processes', '1'], env);

  it('leaves alone what the gateway’s own config.yaml has', async () => {
    const url = await gateway([{ model_name: 'fake', model_info: { id: 'fake', db_model: false } }]);
    const { code, stdout, stderr } = await apply(url, { LITELLM_MASTER_KEY: 'sk-master' });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toBe('fake: unchanged: its config.yaml has it already, and stays in charge\n');
  });

  it('says that the key is refused, without showing it', async () => {
    const { code, stderr } = await apply(await gateway([]), { LITELLM_MASTER_KEY: 'sk-another' });
    expect(code).toBe(3);
    expect(stderr).toContain('refuses the key (401)');
    expect(stderr).not.toContain('sk-another');
  });

  it('wants a key', async () => {
    const { code, stderr } = await apply(await gateway([]), { LITELLM_MASTER_KEY: '' });
    expect(code).toBe(3);
    expect(stderr).toContain('the variable LITELLM_MASTER_KEY is not set');
  });
});

describe('loadlab run', () => {
  it('wants one target, not two', async () => {
    const { code, stderr } = await loadlab([
      'run',
      'smoke',
      '--target',
      'http://127.0.0.1:9',
      '--environment',
      './trial',
    ]);
    expect(code).toBe(3);
    expect(stderr).toContain('say the same thing twice');
  });

  it('says that an environment is not deployed', async () => {
    bench.write('trial/config.yaml', SOUND);
    const { code, stderr } = await loadlab(['run', 'smoke', '--environment', './trial', '--out', 'out']);
    expect(code).toBe(3);
    expect(stderr).toContain('its gateway is not deployed');
    expect(bench.exists('out')).toBe(false);
  });
});

describe('loadlab doctor --environment', () => {
  it('says what is missing in the account, each with what to do', async () => {
    bench.write('trial/config.yaml', SOUND);
    const down = 'http://127.0.0.1:9';
    const { code, stdout } = await loadlab(['doctor', '--environment', './trial'], { AWS_ENDPOINT_URL: down });
    expect(code).toBe(3);
    expect(stdout).toMatch(/missing\s+credentials\s+AWS cannot be reached from here/);
    expect(stdout).toMatch(/warning\s+Fargate vCPU\s+not looked at: AWS cannot be reached from here/);
    expect(stdout).toMatch(/What to do:[^]*credentials: check the network/);
  });
});
