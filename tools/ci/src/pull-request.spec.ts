import { InputError } from '@loadlab/foundation';
import { baseOf, checkAffected } from './pull-request';

const clone = (...commits: string[]) => ({ isThere: () => true, knows: (name: string) => commits.includes(name) });
const asked: string[] = [];
const nx = {
  runAffected: (targets: readonly string[], base: string) => {
    asked.push(`${targets.join(' ')} since ${base}`);
    return Promise.resolve(0);
  },
};
const variables = { ...process.env };

beforeEach(() => {
  asked.length = 0;
  Reflect.deleteProperty(process.env, 'NX_BASE');
});
afterAll(() => (process.env = variables));

describe('the checks of a pull request', () => {
  it('come after what their tests need is ready', async () => {
    const setUp = () => asked.push('set-up') && 0;
    const code = await checkAffected({ nx, options: { base: undefined }, git: clone('main'), setUp });
    expect({ code, asked }).toEqual({ code: 0, asked: ['set-up', 'lint typecheck test since main'] });
  });

  it('do not start without it', async () => {
    const code = await checkAffected({ nx, options: { base: undefined }, git: clone('main'), setUp: () => 3 });
    expect({ code, asked }).toEqual({ code: 3, asked: [] });
  });
});

describe('what a pull request is compared with', () => {
  it.each<[string | undefined, string[], string]>([
    [undefined, ['main', 'origin/main'], 'origin/main'],
    [undefined, ['main'], 'main'],
    ['release', ['origin/release'], 'origin/release'],
  ])('%s among %j is %s', (base, commits, found) => {
    expect(baseOf({ base }, clone(...commits))).toBe(found);
  });

  it('is told when it is missing, as in a shallow clone', () => {
    expect(() => baseOf({ base: undefined }, clone())).toThrow(InputError);
    expect(() => baseOf({ base: undefined }, clone())).toThrow(
      /origin\/main and main: no such commit[\s\S]*fetch-depth: 0/,
    );
  });

  it('cannot be told without git', () => {
    const none = { isThere: () => false, knows: () => false };
    expect(() => baseOf({ base: undefined }, none)).toThrow(/git is not on the PATH, or this folder is no clone/);
  });
});
