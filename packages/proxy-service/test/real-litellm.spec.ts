import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@loadlab/foundation';

const root = workspaceRoot();
const bin = join(root, '.venv', 'bin');
/** `npm run setup` makes it; without it there is no LiteLLM to ask. */
const withLiteLlm = existsSync(join(bin, 'litellm')) ? describe : describe.skip;

withLiteLlm('the installed LiteLLM', () => {
  it('reads the settings that known-settings.json holds', () => {
    const script = join(__dirname, '../scripts/read_litellm_settings.py');
    const read: unknown = JSON.parse(execFileSync(join(bin, 'python'), [script], { encoding: 'utf8' }));
    const kept: unknown = JSON.parse(
      readFileSync(join(__dirname, '../src/litellm-config/known-settings.json'), 'utf8'),
    );
    expect(kept).toEqual(read);
  });

  it('loads the shipped config.yaml with both of its models', () => {
    const output = execFileSync(
      join(bin, 'litellm'),
      ['--config', join(root, 'environments/benchmark/config.yaml'), '--validate_config'],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        env: {
          ...process.env,
          LITELLM_LOCAL_MODEL_COST_MAP: 'True',
          LITELLM_MODE: 'PRODUCTION',
          LITELLM_MASTER_KEY: 'sk-for-this-test-only',
          MOCK_OPENAI_URL: 'http://127.0.0.1:1',
        },
      },
    );
    expect(output).toContain('config OK (2 models)');
  }, 120_000);
});
