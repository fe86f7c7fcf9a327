import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentNames, loadEnvironment, readDocument, workspaceRoot, type Environment } from '@loadlab/foundation';
import { checkEnvironmentConfig, lintLiteLlmConfig, type LintContext } from '@loadlab/proxy-service';
import { z } from 'zod';

const folder = (name: string): string => join(workspaceRoot(), 'environments', name);
/** What tasks always get, and what this environment gives them. */
function contextOf({ proxy, database }: Environment): LintContext {
  return {
    variables: [
      'MOCK_OPENAI_URL',
      'LITELLM_MASTER_KEY',
      ...Object.keys(proxy.environment),
      ...Object.keys(proxy.secrets),
    ],
    hasDatabase: database !== 'none',
    idleTimeoutSeconds: 600,
  };
}

it('the shipped environments are those under environments/', () => {
  expect(environmentNames()).toEqual(expect.arrayContaining(['benchmark', 'laptop']));
  expect(loadEnvironment('benchmark').directory).toBe(folder('benchmark'));
});

// No sizes, no models: whoever takes the lab over changes those, and their pull request is checked by this.
it('what fits a laptop has no database and no fleet', () => {
  expect(loadEnvironment('laptop')).toMatchObject({ database: 'none', loadGenerator: 'none' });
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

it.each(['benchmark', 'laptop'])('the config.yaml of %s passes without even a warning', (name) => {
  const file = join(folder(name), 'config.yaml');
  expect(lintLiteLlmConfig(readDocument(file), contextOf(loadEnvironment(name)))).toEqual([]);
});

const modelsSchema = z.object({ model_list: z.array(z.unknown()) });
const litellm = join(workspaceRoot(), '.venv', 'bin', 'litellm');

/** `npm run setup` makes it; without it there is no LiteLLM to ask. */
(existsSync(litellm) ? it : it.skip)(
  'the installed LiteLLM loads the config.yaml of benchmark with all of its models',
  () => {
    const { proxy } = loadEnvironment('benchmark');
    const models = modelsSchema.parse(readDocument(join(folder('benchmark'), 'config.yaml')).value).model_list.length;
    const given = [...Object.keys(proxy.environment), ...Object.keys(proxy.secrets)];
    const output = execFileSync(litellm, ['--config', join(folder('benchmark'), 'config.yaml'), '--validate_config'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        ...process.env,
        ...Object.fromEntries(given.map((name) => [name, 'for-this-test-only'])),
        LITELLM_LOCAL_MODEL_COST_MAP: 'True',
        LITELLM_MODE: 'PRODUCTION',
        LITELLM_MASTER_KEY: 'sk-for-this-test-only',
        MOCK_OPENAI_URL: 'http://127.0.0.1:1',
      },
    });
    expect(output).toContain(`config OK (${models} models)`);
  },
  120_000,
);
