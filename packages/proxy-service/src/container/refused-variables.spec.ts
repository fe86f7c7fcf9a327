import { refusedVariables } from './refused-variables';

const refused = (environment: Record<string, string>, secrets: Record<string, string> = {}) =>
  refusedVariables({ proxy: { environment, secrets } }, 'environment.yaml');

describe('refusedVariables', () => {
  it.each([
    ['LITELLM_CONFIG', /no such variable/],
    ['CONFIG_FILE_PATH', /another file/],
    ['LITELLM_CONFIG_BUCKET_NAME', /another file/],
    ['NUM_WORKERS', /command line/],
    ['DETAILED_DEBUG', /slow gateway/],
    ['DATABASE_URL', /password/],
    ['LITELLM_MASTER_KEY', /always given/],
    ['MOCK_OPENAI_URL', /always given/],
  ])('refuses %s and says why', (name, message) => {
    expect(refused({ [name]: 'x' })).toEqual([
      expect.objectContaining({
        file: 'environment.yaml',
        path: `proxy.environment.${name}`,
        message: expect.stringMatching(message) as string,
        hint: expect.any(String) as string,
      }),
    ]);
  });

  it('refuses them as secrets, too', () => {
    expect(refused({}, { LITELLM_CONFIG: 'arn:aws:x' })).toHaveLength(1);
  });

  it('refuses a name that is both a variable and a secret', () => {
    expect(refused({ A: 'x' }, { A: 'arn:aws:x' })[0]?.message).toMatch(/also in proxy\.secrets/);
  });

  it('lets every other variable pass', () => {
    expect(refused({ LITELLM_LOG: 'INFO', HTTPS_PROXY: 'http://x' }, { OPENAI_API_KEY: 'arn:aws:x' })).toEqual([]);
  });
});
