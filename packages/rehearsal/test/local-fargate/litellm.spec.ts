import type { ContainerDefinition } from '@loadlab/foundation';
import { workspaceRoot } from '@loadlab/foundation';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  LocalFargate,
  warmUpService,
  type LocalEvent,
  type LocalService,
  type StartServiceOptions,
} from '../../src/local-fargate';
import { liteLlmRuntime } from '../../src/local-fargate/runtime/litellm-runtime';
import { scratchFolder } from './scratch';

// The real LiteLLM: 10 s to start on an idle machine, several times that on a busy one.
jest.setTimeout(300_000);

const KEY_ARN = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:loadlab/master-AbCdEf';
const KEY = 'sk-of-this-test-alone';
const AUTHORIZATION = { authorization: `Bearer ${KEY}` };

const CONFIG = `
model_list:
  - model_name: fake-openai-endpoint
    litellm_params:
      model: openai/mock
      api_base: os.environ/MOCK_OPENAI_URL
      api_key: not-needed
general_settings:
  master_key: os.environ/LITELLM_MASTER_KEY
`;

/** As it goes to AWS, with the timing rules of a container that is given time. */
const container: ContainerDefinition = {
  name: 'litellm',
  image: 'ghcr.io/berriai/litellm:v1.108.7',
  essential: true,
  command: ['--config', '/mnt/config/abc/config.yaml', '--port', '4000', '--num_workers', '4'],
  environment: [{ name: 'MOCK_OPENAI_URL', value: 'http://mock-openai.internal:8080' }],
  secrets: [{ name: 'LITELLM_MASTER_KEY', valueFrom: KEY_ARN }],
  mountPoints: [{ sourceVolume: 'config', containerPath: '/mnt/config', readOnly: true }],
  portMappings: [{ containerPort: 4000, protocol: 'tcp' }],
  healthCheck: {
    command: [
      'CMD',
      'python3',
      '-c',
      "import urllib.request as r; r.urlopen('http://127.0.0.1:4000/health/liveliness')",
    ],
    interval: 30,
    timeout: 10,
    retries: 4,
    startPeriod: 240,
  },
  dependsOn: [],
  stopTimeout: 60,
};

let upstream: Server;
let scratch: ReturnType<typeof scratchFolder>;
let fargate: LocalFargate;
const events: LocalEvent[] = [];

beforeAll(async () => {
  upstream = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    const message = { role: 'assistant', content: 'from upstream' };
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
    const choices = [{ index: 0, message, finish_reason: 'stop' }];
    response.end(JSON.stringify({ id: 'c1', object: 'chat.completion', created: 1, model: 'mock', choices, usage }));
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  scratch = scratchFolder();
  fargate = await LocalFargate.open({
    root: scratch.path,
    runtimes: [liteLlmRuntime(join(workspaceRoot(), '.venv'))],
    machine: { cores: 2, memoryBytes: 8e9 },
    onEvent: (event) => events.push(event),
  });
});

afterAll(async () => {
  await fargate.close();
  upstream.close();
  scratch.remove();
});

function startLiteLlm(
  name: string,
  config: string,
  definition: ContainerDefinition = container,
): Promise<LocalService> {
  const options: StartServiceOptions = {
    name,
    desiredCount: 1,
    containerPort: 4000,
    readinessPath: '/health/readiness',
    gracePeriodSeconds: 240,
    taskDefinition: { family: name, containerDefinitions: [definition], volumes: [{ name: 'config' }] },
    surroundings: {
      volumes: { config: { files: { 'abc/config.yaml': config } } },
      secret: (id) => (id === KEY_ARN ? KEY : undefined),
    },
  };
  return fargate.startService(options);
}

describe('LiteLLM as a local process', () => {
  it('serves with its config from a read-only folder, and is warmed up, and stops when asked to', async () => {
    const mockUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
    const service = await startLiteLlm('gateway', CONFIG, {
      ...container,
      environment: [{ name: 'MOCK_OPENAI_URL', value: mockUrl }],
    });

    expect(await (await fetch(`${service.url}/health/readiness`)).json()).toMatchObject({ status: 'healthy' });
    expect((await fetch(`${service.url}/health/liveliness`)).status).toBe(200);
    expect(events).toContainEqual(expect.objectContaining({ kind: 'container-health', status: 'HEALTHY' }));

    const body = { model: 'fake-openai-endpoint', messages: [{ role: 'user', content: 'hello' }] };
    const path = '/v1/chat/completions';
    const [warmth] = await warmUpService(service, { request: { path, body }, headers: AUTHORIZATION });
    expect(warmth).toMatchObject({ complete: true, identified: true, workers: [expect.anything()] });

    const headers = { ...AUTHORIZATION, 'content-type': 'application/json' };
    const answer = await fetch(service.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(await answer.json()).toMatchObject({ choices: [{ message: { content: 'from upstream' } }] });
    expect(answer.headers.get('x-litellm-version')).toBe('1.108.7');

    await service.stop();
    const log = readFileSync(join(fargate.folder, 'gateway-1/litellm.log'), 'utf8');
    expect(log).toContain('Application shutdown complete.');
    expect(log).not.toContain(KEY);
    expect(events.filter(({ kind }) => kind === 'container-stopped')).toEqual([
      // Its server ends itself by the very signal once all is done.
      expect.objectContaining({ container: 'litellm', how: 'ended by SIGTERM' }),
    ]);
  });

  it('fails early with the reason that LiteLLM gives when it refuses the config', async () => {
    await expect(startLiteLlm('wrong', 'model_list: [\n')).rejects.toThrow(
      /yaml\.parser\.ParserError: while parsing a flow node[^]*config\.yaml", line 2[^]*the whole log: .*wrong-2/,
    );
  });

  it('fails early with the reason that LiteLLM gives when it has no master key', async () => {
    const started = startLiteLlm('keyless', CONFIG, { ...container, secrets: [] });
    await expect(started).rejects.toThrow(
      /"litellm" cannot start: LiteLLM proxy refused to start: no master key is set/,
    );
  });
});
