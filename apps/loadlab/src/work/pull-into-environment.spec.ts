import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testEnvironment } from '@loadlab/foundation/testing';
import { pullIntoEnvironment, type PullAudience } from './pull-into-environment';

const config = (model: string): string => `model_list:
  - model_name: m
    litellm_params: { model: openai/${model}, api_base: os.environ/MOCK_OPENAI_URL, api_key: none }
`;

describe('a config.yaml from elsewhere', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pull-'));
    file = path.join(folder, 'config.yaml');
    writeFileSync(file, config('old'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const pull = async (approval: PullAudience['approval'], text = config('new')) => {
    const environment = testEnvironment();
    const shown: string[] = [];
    const written = await pullIntoEnvironment(
      'ssm:config',
      { ...environment, litellmConfig: { ...environment.litellmConfig, file } },
      { read: () => Promise.resolve(text) },
      { show: (line) => shown.push(line), warn: () => undefined, approval },
    );
    return { written, shown: shown.join('') };
  };

  it('is shown before a person is asked, and written when they say yes', async () => {
    const asked: string[] = [];
    const { written, shown } = await pull((question) => Promise.resolve(asked.push(question) > 0));
    expect(written).toBe(true);
    expect(shown).toMatch(/-.*openai\/old[^]*\+.*openai\/new/);
    expect(asked).toHaveLength(1);
    expect(readFileSync(file, 'utf8')).toBe(config('new'));
  });

  it('is not written when they say no', async () => {
    const { written, shown } = await pull(() => Promise.resolve(false));
    expect(written).toBe(false);
    expect(shown).toContain('Nothing was written.');
    expect(readFileSync(file, 'utf8')).toBe(config('old'));
  });

  it('that is the same asks nobody', async () => {
    const unasked = () => Promise.reject(new Error('somebody was asked'));
    expect((await pull(unasked, config('old'))).written).toBe(false);
  });

  it('that LiteLLM would misunderstand is not even shown', async () => {
    await expect(pull('always', 'model_lst: []\n')).rejects.toThrow('did you mean "model_list"');
    expect(readFileSync(file, 'utf8')).toBe(config('old'));
  });
});
