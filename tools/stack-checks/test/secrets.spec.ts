import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError, isError, loadEnvironment, workspaceRoot } from '@loadlab/foundation';
import { checkEnvironmentConfig } from '@loadlab/proxy-service';
import { plantEverywhere, secrets, type Planted } from './plant-secrets';
import { profiles } from './profiles';

const maximal = join(workspaceRoot(), profiles[1].environment);
const environmentYaml = readFileSync(join(maximal, 'environment.yaml'), 'utf8');
const configYaml = readFileSync(join(__dirname, 'fixtures', 'every-section.yaml'), 'utf8');

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'loadlab-secrets-')), 'planted');
  mkdirSync(folder);
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

/** What a synthesis says before it writes anything; nothing, when it would go on. */
function refusal(files: { readonly environment: string; readonly config: string }): string {
  writeFileSync(join(folder, 'environment.yaml'), files.environment);
  writeFileSync(join(folder, 'config.yaml'), files.config);
  try {
    const problems = checkEnvironmentConfig(loadEnvironment(folder)).filter(isError);
    return problems.length === 0 ? '' : new InputError(problems).message;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

/** Places where a secret is taken, or where the refusal repeats it. */
function leaks(planted: readonly Planted[], secret: string, say: (text: string) => string): string[] {
  return planted.flatMap(({ where, text }) => {
    const said = say(text);
    if (said === '') return [`${where}: taken`];
    return said.includes(secret) || said.includes(secret.slice(0, 16)) ? [`${where}: repeated in the refusal`] : [];
  });
}

it('the environments that secrets are planted into are sound without them', () => {
  expect(refusal({ environment: environmentYaml, config: configYaml })).toBe('');
});

describe.each(Object.entries(secrets))('%s', (_, secret) => {
  it('is refused at every place of environment.yaml, and not repeated', () => {
    const planted = plantEverywhere(environmentYaml, secret, ['tags', 'proxy.environment', 'proxy.secrets']);
    expect(planted.length).toBeGreaterThan(25);
    expect(leaks(planted, secret, (text) => refusal({ environment: text, config: configYaml }))).toEqual([]);
  });

  it('is refused at every place of config.yaml, and not repeated', () => {
    const planted = [
      ...plantEverywhere(configYaml, secret, ['model_list.0.litellm_params.extra_headers', 'model_list.0.model_info']),
      { where: 'a comment', text: `# the old key was ${secret}\n${configYaml}` },
      { where: 'the end of a line', text: configYaml.replace(/\n/, ` # ${secret}\n`) },
    ];
    expect(planted.length).toBeGreaterThan(15);
    expect(leaks(planted, secret, (text) => refusal({ environment: environmentYaml, config: text }))).toEqual([]);
  });
});
