import { InputError } from '@loadlab/foundation';
import { chooseEnvironments } from './choose-environments';
import { readOptions } from './options';

const PLAN = 'a'.repeat(64);

const chosen = (args: readonly string[], variables: NodeJS.ProcessEnv = {}): string[] =>
  chooseEnvironments(readOptions(args), variables).map(({ name }) => name);

it.each<[string, string[], NodeJS.ProcessEnv, string[]]>([
  ['flags', ['pr', '--environment', 'laptop'], { LOADLAB_CI_ENVIRONMENTS: 'benchmark' }, ['laptop']],
  ['approved plans', ['apply', '--approved', `laptop/network=${PLAN},laptop/database=${PLAN}`], {}, ['laptop']],
  ['the pipeline', ['pr'], { LOADLAB_CI_ENVIRONMENTS: 'benchmark, laptop' }, ['benchmark', 'laptop']],
  ['the variable that everything else goes by', ['waves'], { LOADLAB_ENVIRONMENT: 'laptop' }, ['laptop']],
])('%s name the environments', (_, args, variables, names) => {
  expect(chosen(args, variables)).toEqual(names);
});

it('without a name it is all whose states others can reach', () => {
  expect(chosen(['drift'], { LOADLAB_CI_ENVIRONMENTS: '', LOADLAB_ENVIRONMENT: '' })).toContain('benchmark');
});

it.each<[string[], NodeJS.ProcessEnv, RegExp]>([
  [['pr', '--environment', 'benchmrk'], {}, /no environment "benchmrk" +-> did you mean "benchmark"\?/],
  [['waves'], { LOADLAB_CI_ENVIRONMENTS: 'nowhere,elsewhere' }, /"nowhere"[\s\S]*"elsewhere"/],
  [
    ['reap', '--aws', '--destroy'],
    { LOADLAB_CI_ENVIRONMENTS: 'benchmark' },
    /wants the environment named that may be taken down +-> --environment NAME/,
  ],
])('%j with %j is refused', (args, variables, words) => {
  expect(() => chosen(args, variables)).toThrow(InputError);
  expect(() => chosen(args, variables)).toThrow(words);
});
