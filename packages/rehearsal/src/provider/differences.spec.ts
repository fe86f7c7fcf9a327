import { UNKNOWN } from '../protocol/value';
import type { Block } from '../schemas/schema';
import { changedAttributes, replacedPaths } from './differences';

const rule: Block = { attributes: { id: { type: 'string' }, size: { type: 'number' } }, blocks: {} };
const block: Block = {
  attributes: { name: { type: 'string' }, zones: { type: ['set', 'string'] }, order: { type: ['list', 'string'] } },
  blocks: {
    steps: { nesting: 'list', minItems: 0, maxItems: 0, block: rule },
    rules: { nesting: 'set', minItems: 0, maxItems: 0, block: rule },
  },
};
const before = {
  name: 'a',
  zones: ['x', 'y'],
  order: ['x', 'y'],
  steps: [{ id: '1', size: 1 }],
  rules: [
    { id: '1', size: 1 },
    { id: '2', size: 2 },
  ],
};

function pathsOf(paths: readonly string[], after: object): string[] {
  return replacedPaths(block, paths, before, { ...before, ...after }).map(({ steps }) =>
    steps.map((step) => Object.values(step).join('')).join('.'),
  );
}

describe('what changed', () => {
  it.each([
    ['nothing, when a set is written in another order', { zones: ['y', 'x'] }, []],
    ['a list that is written in another order', { order: ['y', 'x'] }, ['order']],
    ['nothing, when blocks of a set are written in another order', { rules: [...before.rules].reverse() }, []],
    ['what is known only later', { name: UNKNOWN }, ['name']],
    ['a block that is gone', { steps: [] }, ['steps']],
  ])('is %s', (_case, after, changed) => {
    expect([...changedAttributes(block, before, { ...before, ...after })]).toEqual(changed);
  });
});

describe('what replaces', () => {
  it.each([
    ['an attribute', ['name'], { name: 'b' }, ['name']],
    ['an attribute of a block, with the place', ['steps.id'], { steps: [{ id: '9', size: 1 }] }, ['steps.0.id']],
    ['no other attribute of it', ['steps.id'], { steps: [{ id: '1', size: 9 }] }, []],
    ['a further block', ['steps.id'], { steps: [...before.steps, { id: '2', size: 1 }] }, ['steps.1.id']],
    [
      'an attribute in a set: the set, which has no places',
      ['rules.id'],
      {
        rules: [
          { id: '1', size: 1 },
          { id: '3', size: 2 },
        ],
      },
      ['rules'],
    ],
    [
      'no other attribute in it',
      ['rules.id'],
      {
        rules: [
          { id: '1', size: 8 },
          { id: '2', size: 9 },
        ],
      },
      [],
    ],
    ['what is known only later', ['name'], { name: UNKNOWN }, ['name']],
  ])('is %s', (_case, paths, after, expected) => {
    expect(pathsOf(paths, after)).toEqual(expected);
  });

  it('must be in the schema', () => {
    expect(() => pathsOf(['nmae'], {})).toThrow('which the schema lacks');
  });
});
