import type { Environment } from '@loadlab/foundation';
import { testEnvironment } from '@loadlab/foundation/testing';
import { checkEnvironmentConfig, lintContextOf, requireSoundConfig } from './check-environment-config';

const SOUND = `model_list:
  - model_name: m
    litellm_params: { model: openai/m, api_base: os.environ/MOCK_OPENAI_URL, api_key: none }
`;
const withConfig = (config: string): Environment => testEnvironment({}, { config });

describe('checkEnvironmentConfig', () => {
  it('names files from the workspace’s root', () => {
    expect(checkEnvironmentConfig(withConfig('model_lst: []'))[0]?.file).toBe('environments/test/config.yaml');
  });

  it('reports a file that is no YAML as a problem like any other', () => {
    expect(checkEnvironmentConfig(withConfig('model_list: [\n'))).toEqual([
      expect.objectContaining({ message: expect.stringContaining('not valid YAML') as string }),
    ]);
  });

  it('adds a database that is too small to what is wrong with the file', () => {
    const environment = testEnvironment({ database: { instanceClass: 'db.t4g.micro' } }, { config: 'model_lst: []' });
    const paths = checkEnvironmentConfig(environment).map(({ file, path }) => `${file}:${path}`);
    expect(paths).toEqual([
      'environments/test/config.yaml:model_lst',
      'environments/test/config.yaml:',
      'environments/test/environment.yaml:database.instanceClass',
    ]);
  });
});

describe('requireSoundConfig', () => {
  it('returns warnings', () => {
    const [warning] = requireSoundConfig(withConfig(SOUND.replace('api_key: none', 'api_key: none, mock_response: x')));
    expect(warning).toMatchObject({ severity: 'warning' });
  });

  it('throws all problems', () => {
    expect(() => requireSoundConfig(withConfig('model_lst: []'))).toThrow(/did you mean "model_list"/);
  });
});

describe('lintContextOf', () => {
  it('says what the task gets', () => {
    const environment = testEnvironment({
      database: 'none',
      proxy: { environment: { HTTPS_PROXY: 'http://x' }, image: 'ghcr.io/berriai/litellm:v1.109.1' },
    });
    expect(lintContextOf(environment)).toMatchObject({
      variables: [
        'AWS_DEFAULT_REGION',
        'AWS_REGION',
        'HTTPS_PROXY',
        'LITELLM_MASTER_KEY',
        'LITELLM_SALT_KEY',
        'MOCK_OPENAI_URL',
      ],
      hasDatabase: false,
      processes: 16,
      litellmVersion: '1.109.1',
    });
  });
});
