import { chooseTarget } from './choose-target';

const KEY = 'sk-the-master-key';
const lookUp = (name: string) =>
  Promise.resolve({ url: `http://gateway.of.${name}`, masterKey: () => Promise.resolve(KEY) });
const unasked = () => Promise.reject(new Error('an environment was looked up'));

describe('what is loaded', () => {
  it('is a URL, with the key of a named variable', async () => {
    const variables = { K: 'sk', LOADLAB_ENVIRONMENT: 'benchmark' };
    expect(await chooseTarget({ target: 'http://x', 'api-key-env': 'K' }, variables, unasked)).toEqual({
      url: 'http://x',
      apiKeyEnv: 'K',
      variables,
    });
  });

  it.each([
    ['flag', { environment: 'benchmark' }, {}],
    ['variable', {}, { LOADLAB_ENVIRONMENT: 'benchmark' }],
  ])('is the gateway of the environment that a %s names, its key in a variable', async (_what, flags, variables) => {
    expect(await chooseTarget(flags, variables, lookUp)).toEqual({
      url: 'http://gateway.of.benchmark',
      apiKeyEnv: 'LITELLM_MASTER_KEY',
      variables: { ...variables, LITELLM_MASTER_KEY: KEY },
    });
  });

  it('is an environment’s gateway with a key of one’s own, and the master key is not read', async () => {
    const masterKey = () => Promise.reject(new Error('the master key was read'));
    const found = () => Promise.resolve({ url: 'http://gateway', masterKey });
    expect(await chooseTarget({ environment: 'benchmark', 'api-key-env': 'K' }, { K: 'sk' }, found)).toEqual({
      url: 'http://gateway',
      apiKeyEnv: 'K',
      variables: { K: 'sk' },
    });
  });

  it.each([
    ['nothing', {}, /--target\n {2}is needed and missing/],
    ['both', { target: 'http://x', environment: 'benchmark' }, /--target, --environment\n {2}say the same thing twice/],
  ])('is not %s', async (_what, flags, words) => {
    await expect(chooseTarget(flags, {}, unasked)).rejects.toThrow(words);
  });
});
