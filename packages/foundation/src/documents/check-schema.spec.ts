import { z } from 'zod';
import { InputError } from '../problems/problem';
import { duration } from '../units/units';
import { checkSchema, formatPath, parseWithSchema } from './check-schema';
import { knownKeys } from './known-keys';
import { parseSource } from './read-document';

const schema = z.strictObject({
  name: z.string().min(2),
  count: z.number().int().min(1).max(9).optional(),
  share: z.number().gt(0).lt(1).optional(),
  step: z.number().multipleOf(5).optional(),
  on: z.boolean().optional(),
  list: z.array(z.string()).min(1).max(2).optional(),
  home: z.url().optional(),
  level: z.enum(['low', 'high']).optional(),
  labels: z.record(z.string().regex(/^[a-z]+$/, { error: 'must be small letters' }), z.number()).optional(),
  pause: z.union([duration(), z.strictObject({ min: duration(), max: duration() })]).optional(),
  store: z
    .union([
      z.literal('none'),
      z.strictObject({ existing: z.strictObject({ host: z.string() }) }),
      z.strictObject({ size: z.number(), kind: z.string().optional() }),
    ])
    .optional(),
  mode: z.union([z.literal('a'), z.literal('b')], { error: 'must be a mode, of which there are two' }).optional(),
});

function problemsIn(value: object): string[] {
  const text = JSON.stringify({ name: 'lab', ...value });
  return checkSchema(parseSource('x.yaml', text), schema).problems.map(
    ({ path, message, hint }) => `${path}: ${message}${hint === undefined ? '' : ` -> ${hint}`}`,
  );
}

describe('what is wrong with a document', () => {
  it.each([
    ['a key is missing', { name: undefined }, ['name: is required and missing -> must be a string']],
    ['a key is misspelt', { nmae: 1 }, ['nmae: unknown key -> did you mean "name"?']],
    [
      'a key is from elsewhere',
      { store: { existing: { host: 'x', y: 1 } } },
      ['store.existing.y: unknown key -> allowed: host'],
    ],
    ['a type is wrong', { name: 5 }, ['name: must be a string, not 5']],
    ['a text is too short', { name: 'x' }, ['name: "x" is too short: at least 2 characters']],
    ['a text is empty', { name: '' }, ['name: is empty: at least 2 characters']],
    ['a number is broken', { count: 1.5 }, ['count: must be a whole number, not 1.5']],
    ['a number is too small', { count: 0 }, ['count: 0 is too small: at least 1']],
    ['a number is too large', { count: 10 }, ['count: 10 is too large: at most 9']],
    ['a number is at an open bound', { share: 0 }, ['share: 0 is too small: above 0']],
    ['a number is at the other open bound', { share: 1 }, ['share: 1 is too large: below 1']],
    ['a number is between steps', { step: 7 }, ['step: must be a multiple of 5, not 7']],
    ['a switch is a word', { on: 'yes' }, ['on: must be true or false, not "yes"']],
    ['a list is empty', { list: [] }, ['list: is empty: at least 1 entry']],
    ['a list is too long', { list: ['a', 'b', 'c'] }, ['list: 3 entries are too many: at most 2 entries']],
    ['an entry is wrong', { list: ['a', 5] }, ['list[1]: must be a string, not 5']],
    ['a URL is none', { home: 'here' }, ['home: must be a URL such as https://example.com/path, not "here"']],
    ['a word is not among those allowed', { level: 'mid' }, ['level: must be low or high, not "mid"']],
    ['a key of a table is wrong', { labels: { 'A-1': 1 } }, ['labels.A-1: must be small letters']],
    [
      'the whole is something else',
      { store: 5 },
      ['store: must be the word none, or an object with existing, or an object with size, kind, not 5'],
    ],
    [
      'an alternative speaks for itself',
      { pause: 5 },
      ['pause: must be a duration such as 250ms, 1.5s, 5m or 1h, or an object with min, max, not 5'],
    ],
    [
      'one alternative was meant',
      { pause: { min: '1s' } },
      ['pause.max: is required and missing -> must be a duration such as 250ms, 1.5s, 5m or 1h'],
    ],
    [
      'one alternative was meant, misspelt',
      { store: { sise: 1, kind: 'x' } },
      ['store.size: is required and missing -> must be a number', 'store.sise: unknown key -> did you mean "size"?'],
    ],
    ['a union has words of its own', { mode: 'c' }, ['mode: must be a mode, of which there are two']],
    [
      'a value is a secret',
      { level: 'sk-1234567890abcdef' },
      ['level: must be low or high, not what looks like a secret'],
    ],
    ['a value is very long', { level: 'x'.repeat(200) }, [`level: must be low or high, not "${'x'.repeat(56)}...`]],
    ['several things', { name: 1, count: 0 }, ['name: must be a string, not 1', 'count: 0 is too small: at least 1']],
  ])('is told: %s', (_what, value, problems) => {
    expect(problemsIn(value)).toEqual(problems);
  });

  it('is thrown all at once by the strict reading', () => {
    const document = parseSource('x.yaml', 'count: 0\nname: 1\n');
    expect(() => parseWithSchema(document, schema)).toThrow(InputError);
    expect(() => parseWithSchema(document, schema)).toThrow(/name .*\n.*count /);
  });

  it('is nothing for a sound one, which is returned', () => {
    expect(parseWithSchema(parseSource('x.yaml', 'name: lab\npause: 5m\n'), schema)).toEqual({
      name: 'lab',
      pause: 300,
    });
  });
});

describe('places and keys', () => {
  it.each([
    [['a', 'b', 0, 'c'], 'a.b[0].c'],
    [[0], '[0]'],
    [[], ''],
  ])('%j is written %s', (path, text) => {
    expect(formatPath(path)).toBe(text);
  });

  it('are known through defaults, unions and lists', () => {
    const nested = z.object({ a: z.array(z.union([z.literal('x'), z.object({ b: z.string() }).prefault({ b: '' })])) });
    expect(knownKeys(nested, ['a', 3])).toEqual(['b']);
    expect(knownKeys(nested, [])).toEqual(['a']);
    expect(knownKeys(nested, ['none'])).toEqual([]);
  });
});
