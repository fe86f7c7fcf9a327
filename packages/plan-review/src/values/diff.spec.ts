import fc from 'fast-check';
import { diff } from './diff';
import { masked } from './masks';
import { redactor } from './redact';

const isSet = (path: string): boolean => path === 'ids' || path === 'rules';

describe('a difference', () => {
  it.each<[string, unknown, unknown, unknown]>([
    ['of a value', { a: 1 }, { a: 2 }, [{ path: 'a', before: 1, after: 2 }]],
    ['that comes', {}, { a: { b: 1 } }, [{ path: 'a', after: { b: 1 } }]],
    ['that goes', { a: 1 }, { a: null }, [{ path: 'a', before: 1 }]],
    ['in a list', { a: [1, 2] }, { a: [1, 3] }, [{ path: 'a[1]', before: 2, after: 3 }]],
    ['in a nested block', { a: [{ b: 1, c: 1 }] }, { a: [{ b: 1, c: 2 }] }, [{ path: 'a[0].c', before: 1, after: 2 }]],
    [
      'in a set',
      { ids: ['x', 'y'] },
      { ids: ['y', 'z'] },
      [
        { path: 'ids[]', before: 'x' },
        { path: 'ids[]', after: 'z' },
      ],
    ],
    [
      'in one element of a set',
      { rules: [{ p: 1, q: 1 }, { p: 9 }] },
      { rules: [{ p: 9 }, { p: 1, q: 2 }] },
      [{ path: 'rules[].q', before: 1, after: 2 }],
    ],
    [
      'inside JSON text',
      { policy: '{"Statement":[{"Action":"a"}]}' },
      { policy: '{"Statement":[{"Action":"b"}]}' },
      [{ path: 'policy#Statement[0].Action', before: 'a', after: 'b' }],
    ],
    [
      'inside YAML text',
      { input: 'model_list:\n  - model_name: a\n' },
      { input: 'model_list:\n  - model_name: b\n' },
      [{ path: 'input#model_list[0].model_name', before: 'a', after: 'b' }],
    ],
    ['under a key of every prototype', { valueOf: 1 }, {}, [{ path: 'valueOf', before: 1 }]],
    [
      'of another prototype key',
      { a: 1 },
      { toString: 2 },
      [
        { path: 'a', before: 1 },
        { path: 'toString', after: 2 },
      ],
    ],
    ['under an odd key', { 'a.b': 1 }, { 'a.b': 2 }, [{ path: '"a.b"', before: 1, after: 2 }]],
  ])('%s is found where it is', (_, before, after, expected) => {
    expect(diff(before, after, isSet)).toEqual(expected);
  });

  it.each<[string, unknown, unknown]>([
    ['null and absent', { a: null }, {}],
    ['the order of keys', { a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }],
    ['the order of a set', { ids: [1, 2] }, { ids: [2, 1] }],
    ['white space in JSON text', { p: '{"a": [1,2]}' }, { p: '{\n "a":[1, 2]\n}' }],
    ['comments in YAML text', { p: 'a: 1\nb: 2\n' }, { p: '# why\na: 1\nb: 2\n' }],
  ])('%s is none', (_, before, after) => {
    expect(diff(before, after, isSet)).toEqual([]);
  });

  it('is found exactly when the values differ', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
        expect(diff(left, structuredClone(left))).toEqual([]);
        // Which elements of two lists belong together may depend on the direction; whether anything differs may not.
        expect(diff(left, right).length > 0).toBe(diff(right, left).length > 0);
        expect(
          diff({ left, same: right }, { left: { left }, same: right }).map(({ path }) => path.split(/[.[#]/)[0]),
        ).toContain('left');
      }),
    );
  });

  it('of a list leaves alone what only moved because something was put in before it', () => {
    const before = Array.from({ length: 20 }, (_, index) => ({ name: `n${index}`, value: index }));
    const after = [
      { name: 'first', value: 0 },
      ...before.map((item) => (item.name === 'n7' ? { ...item, value: 70 } : item)),
    ];
    expect(diff({ env: before }, { env: after })).toEqual([
      { path: 'env[0]', after: { name: 'first', value: 0 } },
      { path: 'env[8].value', before: 7, after: 70 },
    ]);
  });

  it('of a set shows by its parts an element that changed in part, however many did', () => {
    const rule = (port: number, cidr: string) => ({
      from_port: port,
      to_port: port,
      protocol: 'tcp',
      cidr_blocks: [cidr],
    });
    expect(
      diff(
        { rules: [rule(80, 'a'), rule(443, 'a'), rule(22, 'a')] },
        { rules: [rule(443, 'b'), rule(80, 'b'), rule(22, 'a')] },
        (path) => path === 'rules',
      ),
    ).toEqual([
      { path: 'rules[].cidr_blocks[0]', before: 'a', after: 'b' },
      { path: 'rules[].cidr_blocks[0]', before: 'a', after: 'b' },
    ]);
  });
});

describe('a sensitive value', () => {
  it('that changes is seen to change, and not shown', () => {
    const sides = ['old secret', 'new secret'].map((password) => masked({ password }, { password: true }, undefined));
    const changes = redactor([])(diff(sides[0], sides[1]));
    expect(changes).toEqual([{ path: 'password', before: '(sensitive)', after: '(sensitive)' }]);
  });

  it('that stays is no change', () => {
    const side = () => masked({ password: 'same secret' }, { password: true }, undefined);
    expect(diff(side(), side())).toEqual([]);
  });

  it('is hidden also where its mark got lost, as part of a text, or escaped', () => {
    const hide = redactor(['pa"ss\\word']);
    expect(
      JSON.stringify(hide({ url: 'postgres://u:pa"ss\\word@h', json: JSON.stringify({ p: 'pa"ss\\word' }) })),
    ).not.toContain('word');
  });
});

it('what is known only after apply is said to be', () => {
  expect(masked({ a: 1 }, undefined, { id: true, list: [false, true] })).toEqual({
    a: 1,
    id: '(known after apply)',
    list: [undefined, '(known after apply)'],
  });
});

it('a key of every prototype is a key like any other', () => {
  expect(masked({}, undefined, { constructor: true })).toEqual({ constructor: '(known after apply)' });
  expect(masked({ toString: 1, valueOf: 2 }, { other: true }, {})).toEqual({ toString: 1, valueOf: 2 });
});
