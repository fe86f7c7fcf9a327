import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentNames, loadEnvironment, readDocument, workspaceRoot } from '@loadlab/foundation';
import { checkEnvironmentConfig, lintLiteLlmConfig, type LintContext } from '@loadlab/proxy-service';

const folder = (name: string): string => join(workspaceRoot(), 'environments', name);
const context: LintContext = {
  variables: ['MOCK_OPENAI_URL', 'LITELLM_MASTER_KEY'],
  hasDatabase: true,
  idleTimeoutSeconds: 600,
};

it('the shipped environments are those under environments/', () => {
  expect(environmentNames()).toEqual(expect.arrayContaining(['benchmark', 'laptop']));
  expect(loadEnvironment('benchmark').directory).toBe(folder('benchmark'));
});

it('they are the published benchmark, and what fits a laptop', () => {
  expect(loadEnvironment('benchmark')).toMatchObject({
    proxy: { tasks: 4, cpu: 4, memoryGb: 8, workersPerTask: 4, loadBalancer: 'internal', storeModelInDb: true },
    database: { engineVersion: '16' },
    backend: { s3: {} },
  });
  expect(loadEnvironment('laptop')).toMatchObject({ proxy: { tasks: 1 }, database: 'none', loadGenerator: 'none' });
});

describe.each(environmentNames())('the shipped environment %s', (name) => {
  it('is sound, and has no warnings', () => {
    expect(loadEnvironment(name)).toMatchObject({ name, warnings: [] });
  });

  it('names its JSON Schema, so that editors find it', () => {
    const [firstLine] = readFileSync(join(folder(name), 'environment.yaml'), 'utf8').split('\n');
    expect(firstLine).toBe('# yaml-language-server: $schema=../../packages/foundation/schema/environment.json');
  });

  it('has a config.yaml that suits it', () => {
    expect(checkEnvironmentConfig(loadEnvironment(name))).toEqual([]);
  });
});

it.each([
  ['benchmark', true],
  ['laptop', false],
])('the config.yaml of %s passes without even a warning', (name, hasDatabase) => {
  const file = join(folder(name), 'config.yaml');
  expect(lintLiteLlmConfig(readDocument(file), { ...context, hasDatabase })).toEqual([]);
});

const litellm = join(workspaceRoot(), '.venv', 'bin', 'litellm');

/** `npm run setup` makes it; without it there is no LiteLLM to ask. */
(existsSync(litellm) ? it : it.skip)(
  'the installed LiteLLM loads the config.yaml of benchmark with both of its models',
  () => {
    const output = execFileSync(litellm, ['--config', join(folder('benchmark'), 'config.yaml'), '--validate_config'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        ...process.env,
        LITELLM_LOCAL_MODEL_COST_MAP: 'True',
        LITELLM_MODE: 'PRODUCTION',
        LITELLM_MASTER_KEY: 'sk-for-this-test-only',
        MOCK_OPENAI_URL: 'http://127.0.0.1:1',
      },
    });
    expect(output).toContain('config OK (2 models)');
  },
  120_000,
);
