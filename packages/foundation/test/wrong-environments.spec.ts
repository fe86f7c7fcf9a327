import { parseSource, type Problem } from '../src';
import { checkEnvironment } from '../src/environment/check-environment';
import { database } from './wrong-environments/database';
import { doubtful } from './wrong-environments/doubtful';
import { entry } from './wrong-environments/entry';
import { existingNetwork } from './wrong-environments/existing-network';
import { images } from './wrong-environments/images';
import { names } from './wrong-environments/names';
import { network } from './wrong-environments/network';
import { scaling } from './wrong-environments/scaling';
import { state } from './wrong-environments/state';
import { taskSizes } from './wrong-environments/task-sizes';
import { upstream } from './wrong-environments/upstream';
import { variables } from './wrong-environments/variables';
import { SOUND } from './wrong-environments/ingredients';
import type { WrongEnvironment } from './wrong-environments/wrong-environment';

const wrong = [
  ...names,
  ...state,
  ...network,
  ...existingNetwork,
  ...database,
  ...taskSizes,
  ...images,
  ...entry,
  ...variables,
  ...scaling,
  ...upstream,
];

function check({ sections, folder = 'test' }: Pick<WrongEnvironment, 'sections' | 'folder'>) {
  const text = JSON.stringify({ ...SOUND, ...sections }, undefined, 2);
  return checkEnvironment(parseSource(`environments/${folder}/environment.yaml`, text), () => folder);
}

function inOneLine({ path, message, hint }: Problem): string {
  return `${path}: ${message}${hint === undefined ? '' : ` -> ${hint}`}`;
}

describe('an environment with one thing wrong', () => {
  it.each(wrong)('is refused for it alone: $what', (environment) => {
    const { value, problems } = check(environment);
    expect(value).toBeUndefined();
    expect(problems.map(inOneLine)).toEqual([environment.says]);
    expect(problems.map(({ severity }) => severity)).not.toContain('warning');
  });

  it('is refused in words of its own', () => {
    const messages = wrong.map(({ says }) => says);
    expect(messages.length).toBeGreaterThanOrEqual(60);
    expect(new Set(messages).size).toBe(messages.length);
  });

  it.each(doubtful)('is warned of, and taken, where it may be meant: $what', (environment) => {
    const { value, problems } = check(environment);
    expect(value).toBeDefined();
    expect(problems.map(inOneLine)).toEqual([environment.says]);
    expect(problems.map(({ severity }) => severity)).toEqual(['warning']);
  });
});

describe('an environment with many things wrong', () => {
  it('is told of all of them at once, those between fields included', () => {
    const { problems } = check({
      sections: { proxy: { imge: 'x', workersPerTask: 8 }, network: { cidr: 'x', nat: 'none' }, region: 'mars' },
    });
    expect(problems.map(({ path }) => path)).toEqual([
      'network.cidr',
      'proxy.imge',
      'region',
      'proxy.image',
      'mockOpenai.image',
      'loadGenerator.image',
      'network.interfaceEndpoints',
      'proxy.workersPerTask',
    ]);
  });

  it('is not told of what follows from a value that is refused already', () => {
    const { problems } = check({ sections: { proxy: { cpu: 'four', memoryGb: 7, workersPerTask: 8 } } });
    expect(problems.map(inOneLine)).toEqual(['proxy.cpu: must be a number, not "four"']);
  });

  it('says on which line each stands', () => {
    const text = 'namespace: lab\nregion: us-east-1\nbackend:\n  local: {}\nproxy:\n  tasks: 1\n  workersPerTask: 8\n';
    const { problems } = checkEnvironment(parseSource('environment.yaml', text), () => 'test');
    expect(problems.map(({ path, line }) => ({ path, line }))).toEqual([{ path: 'proxy.workersPerTask', line: 7 }]);
  });
});

describe('a sound environment', () => {
  it('is taken without a word', () => {
    expect(check({ sections: {} }).problems).toEqual([]);
  });
});
