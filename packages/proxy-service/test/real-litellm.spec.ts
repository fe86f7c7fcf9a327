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
});
