import { containerDefinitionSchema } from '@loadlab/foundation';
import { gatewayTimeouts } from './gateway-timeouts';
import { liteLlmContainer, type LiteLlmContainerOptions } from './litellm-container';

const secret = (name: string): string => `arn:aws:secretsmanager:us-east-1:123456789012:secret:${name}`;

const minimal: LiteLlmContainerOptions = {
  proxy: {
    image: 'ghcr.io/berriai/litellm:v1.108.7',
    workersPerTask: 4,
    storeModelInDb: false,
    environment: {},
    secrets: {},
  },
  config: {
    path: '/mnt/config/abc/config.yaml',
    sha256: 'abc',
    volume: { name: 'config', containerPath: '/mnt/config' },
  },
  keys: { masterKeySecretArn: secret('master'), saltKeySecretArn: secret('salt') },
};
const maximal: LiteLlmContainerOptions = {
  ...minimal,
  proxy: {
    ...minimal.proxy,
    storeModelInDb: true,
    environment: { LITELLM_LOG: 'INFO', HTTPS_PROXY: 'http://egress.internal:3128' },
    secrets: { OPENAI_API_KEY: secret('openai') },
  },
  mockOpenAiUrl: 'http://mock.internal:8080',
  database: { host: 'db.internal', port: 5432, name: 'litellm', username: 'litellm', passwordSecretArn: secret('db') },
};

const variablesOf = (options: LiteLlmContainerOptions): Record<string, string> =>
  Object.fromEntries(liteLlmContainer(options).environment.map(({ name, value }) => [name, value]));
const secretsOf = (options: LiteLlmContainerOptions): Record<string, string> =>
  Object.fromEntries(liteLlmContainer(options).secrets.map(({ name, valueFrom }) => [name, valueFrom]));

describe('liteLlmContainer', () => {
  it.each([
    ['minimal', minimal],
    ['maximal', maximal],
  ])('gives a container definition that ECS takes (%s)', (_name, options) => {
    expect(containerDefinitionSchema.parse(liteLlmContainer(options))).toMatchSnapshot();
  });

  it('gives the config by --config and leaves the image its entry point', () => {
    const container = liteLlmContainer(minimal);
    expect(container.command.slice(0, 2)).toEqual(['--config', '/mnt/config/abc/config.yaml']);
    expect(container).not.toHaveProperty('entryPoint');
    expect(Object.keys(variablesOf(maximal))).not.toContain('LITELLM_CONFIG');
  });

  it('mounts the config read-only', () => {
    expect(liteLlmContainer(minimal).mountPoints).toEqual([
      { sourceVolume: 'config', containerPath: '/mnt/config', readOnly: true },
    ]);
  });

  it('keeps idle connections longer than the load balancer does', () => {
    expect(Number(variablesOf(minimal).KEEPALIVE_TIMEOUT)).toBeGreaterThan(gatewayTimeouts.loadBalancerIdle);
  });

  it('finishes its requests before ECS kills it', () => {
    const { stopTimeout } = liteLlmContainer(minimal);
    expect(Number(variablesOf(minimal).GRACEFUL_SHUTDOWN_TIMEOUT)).toBeLessThan(stopTimeout ?? 0);
  });

  it('passes keys and passwords by reference alone', () => {
    expect(secretsOf(maximal)).toEqual({
      DATABASE_PASSWORD: secret('db'),
      LITELLM_MASTER_KEY: secret('master'),
      LITELLM_SALT_KEY: secret('salt'),
      OPENAI_API_KEY: secret('openai'),
    });
    expect(Object.keys(variablesOf(maximal)).filter((name) => /KEY|PASSWORD|DATABASE_URL/.test(name))).toEqual([]);
  });

  it('has tasks leave the database schema alone', () => {
    expect(variablesOf(maximal).DISABLE_SCHEMA_UPDATE).toBe('true');
  });

  it('mentions no database where there is none, and stores no models in it', () => {
    const variables = variablesOf({ ...minimal, proxy: { ...minimal.proxy, storeModelInDb: true } });
    expect(variables).toMatchObject({ STORE_MODEL_IN_DB: 'False' });
    expect(Object.keys(variables).filter((name) => name.startsWith('DATABASE'))).toEqual([]);
  });

  it('lets proxy.environment have the last word on settings', () => {
    expect(variablesOf(maximal)).toMatchObject({ LITELLM_LOG: 'INFO', HTTPS_PROXY: 'http://egress.internal:3128' });
  });

  it('asks LiteLLM itself, with Python, whether it is alive', () => {
    const { healthCheck } = liteLlmContainer(minimal);
    expect(healthCheck?.command.slice(0, 3)).toEqual(['CMD', 'python3', '-c']);
    expect(healthCheck?.command[3]).toContain('http://127.0.0.1:4000/health/liveliness');
  });

  it('is forgiving: two minutes of silence before a task is replaced', () => {
    const { interval = 0, retries = 0 } = liteLlmContainer(minimal).healthCheck ?? {};
    expect(interval * retries).toBeGreaterThanOrEqual(120);
  });

  it('is the same whatever the order in which variables were written', () => {
    const reordered = {
      ...maximal,
      proxy: { ...maximal.proxy, environment: { HTTPS_PROXY: 'http://egress.internal:3128', LITELLM_LOG: 'INFO' } },
    };
    expect(liteLlmContainer(reordered)).toEqual(liteLlmContainer(maximal));
  });
});
