import { readFileSync } from 'node:fs';
import { InputError } from '@loadlab/foundation';
import fc from 'fast-check';
import { formatReview, REVIEW_FORMATS } from '../src/format/format-review';
import { parsePlan } from '../src/plan/parse-plan';
import { reviewPlans } from '../src/review/review';
import { schemaErrors } from './json-schema';
import { committedPlan } from './plans/committed-plan';
import { largePlan } from './plans/large-plan';

const NAMES = [
  'sets',
  'modules-felt-through',
  'access-iam-actions',
  'service-scaled',
  'sensitive-everywhere',
  'checks',
  'import',
  'drift-and-intent',
  'facts-over-budget',
  'delete-deposed',
  'drift-ignored-in-part',
  'database-restarted',
];
const plans = NAMES.map((name) => readFileSync(committedPlan(name), 'utf8'));

/** Puts a value at the place that a list of numbers leads to, whatever the shape of what it meets. */
function planted(value: unknown, way: readonly number[], seed: unknown): unknown {
  const [step, ...rest] = way;
  if (step === undefined || typeof value !== 'object' || value === null) return seed;
  const keys = Object.keys(value);
  if (keys.length === 0) return seed;
  const key = keys[step % keys.length] ?? '';
  const inner = planted((value as Record<string, unknown>)[key], rest, seed);
  return Array.isArray(value)
    ? value.map((element: unknown, index) => (String(index) === key ? inner : element))
    : { ...value, [key]: inner };
}

/** Names that every object has from its prototype, and texts of which not every reader makes the same. */
const HOSTILE = [
  '__proto__',
  'constructor',
  'prototype',
  'valueOf',
  'toString',
  'hasOwnProperty',
  'length',
  '',
  '#',
  '[0]',
  'a.b',
];
const hostileText = fc.oneof(
  fc.constantFrom(
    ...HOSTILE,
    '(sensitive)',
    '(known after apply)',
    '{"Statement":[{"Action":"*"}]}',
    'a: &x\n  b: *x\n',
  ),
  // Halves of surrogate pairs among them.
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 }).map((codes) => String.fromCharCode(...codes)),
);
const hostileLeaf = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(null, true, false, 0, -0, 1e308, -1e308, Number.MAX_SAFE_INTEGER, 5e-324),
);
/** `{ "__proto__": … }` as JSON has it: a key like any other. */
const { value: hostile } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    hostileLeaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.oneof(fc.constantFrom(...HOSTILE), hostileText), tie('value')), { maxLength: 4 })
      .map(Object.fromEntries),
  ),
}));

/** What stands at the place that a list of numbers leads to. */
function partAt(value: unknown, way: readonly number[]): unknown {
  const [step, ...rest] = way;
  if (step === undefined || typeof value !== 'object' || value === null) return value;
  const parts: unknown[] = Object.values(value);
  return parts.length === 0 ? value : partAt(parts[step % parts.length], rest);
}

/** Reviews what is read as a plan, in every format; what is not is refused with a problem. */
function reviewOrRefuse(text: string): void {
  let plan: ReturnType<typeof parsePlan>;
  try {
    plan = parsePlan('plan.json', Buffer.from(text));
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return;
  }
  const review = reviewPlans([{ stack: 'lab', file: '', plan }]);
  const texts = REVIEW_FORMATS.map((format) => [format, formatReview(review, format)] as const);
  for (const [, shown] of texts) expect(shown.length).toBeGreaterThan(0);
  expect(schemaErrors('review', formatReview(review, 'json'))).toEqual([]);
}

it('no plan of real Terraform crashes the reader, with any part of it turned into anything', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...plans),
      fc.array(fc.nat(40), { minLength: 1, maxLength: 9 }),
      fc.jsonValue({ maxDepth: 2 }),
      (text, way, seed) => {
        reviewOrRefuse(JSON.stringify(planted(JSON.parse(text), way, seed)));
      },
    ),
    { numRuns: 150 },
  );
});

it('nor with names and values that are meant to, in several places at once', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...plans),
      fc.array(fc.tuple(fc.array(fc.nat(40), { minLength: 1, maxLength: 9 }), hostile), { minLength: 1, maxLength: 4 }),
      (text, seeds) => {
        const plan = seeds.reduce<unknown>(
          (value: unknown, [way, seed]) => planted(value, way, seed),
          JSON.parse(text),
        );
        reviewOrRefuse(JSON.stringify(plan));
      },
    ),
    { numRuns: 150 },
  );
});

it('nor with any part of one in the place of another, or twice', () => {
  const way = fc.array(fc.nat(40), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(fc.constantFrom(...plans), way, way, fc.boolean(), (text, from, to, isTwice) => {
      const plan = JSON.parse(text) as unknown;
      const part = partAt(plan, from);
      reviewOrRefuse(JSON.stringify(planted(plan, to, isTwice ? [part, part] : part)));
    }),
    { numRuns: 150 },
  );
});

describe('what is nested deeper than anybody writes', () => {
  const nested = (levels: number, open = '[', close = ']'): string => open.repeat(levels) + close.repeat(levels);
  const planOf = (change: string, more = '{}'): string =>
    `{"format_version":"1.2","resource_changes":[{"address":"a.b","type":"a","name":"b","change":{"actions":["update"],${change}}}],"configuration":${more}}`;
  const places: [string, (levels: number) => string][] = [
    ['a value', (levels) => planOf(`"before":{"x":${nested(levels)}},"after":{"x":[${nested(levels)}]}`)],
    ['a secret', (levels) => planOf(`"after":{"x":${nested(levels)}},"after_sensitive":true`)],
    ['an object', (levels) => planOf(`"before":{},"after":${nested(levels, '{"a":', '}').replace(':}', ':1}')}`)],
    ['marks', (levels) => planOf(`"after":{"x":1},"after_unknown":{"y":${nested(levels)}}`)],
    [
      'an expression',
      (levels) =>
        planOf(
          '"after":1',
          `{"root_module":{"resources":[{"address":"a.b","type":"a","expressions":{"x":${nested(levels)}}}]}}`,
        ),
    ],
    [
      'modules',
      (levels) =>
        planOf(
          '"after":1',
          `{"root_module":${nested(Math.floor(levels / 3), '{"module_calls":{"m":{"module":', '}}}').replace(':}', ':{}}')}}`,
        ),
    ],
  ];

  it.each(places)('is refused in words: %s', (_, at) => {
    expect(() => parsePlan('plan.json', Buffer.from(at(10_000)))).toThrow(/more than 400 levels deep/);
  });

  it.each(places)('and what is a little less deep is read: %s', (_, at) => {
    const plan = parsePlan('plan.json', Buffer.from(at(380)));
    const review = reviewPlans([{ stack: 'lab', file: '', plan }]);
    for (const format of REVIEW_FORMATS) expect(formatReview(review, format)).not.toBe('');
  });

  it.each([
    ['JSON', nested(10_000), `[${nested(10_000)}]`],
    ['YAML', `a:\n  b: ${nested(5000)}\n`, `a:\n  b: [${nested(5000)}]\n`],
    ['YAML that holds itself', 'a: &x\n  b: [*x, *x]\n', 'a: &x\n  b: [*x, *x, 1]\n'],
  ])('is compared as text inside a text: %s', (_, before, after) => {
    const sides = `"before":${JSON.stringify({ x: before })},"after":${JSON.stringify({ x: after })}`;
    const plan = parsePlan('plan.json', Buffer.from(planOf(sides)));
    const [change] = reviewPlans([{ stack: 'lab', file: '', plan }]).changes;
    expect(change?.attributes).toEqual([{ path: 'x', before, after }]);
  });
});

it.each([
  'aws_lambda_permission',
  'aws_s3_bucket_acl',
  'aws_snapshot_create_volume_permission',
  'aws_db_parameter_group',
])('nor %s with values that are no texts and cannot become one', (type) => {
  const evil = { toString: 1, valueOf: 2 };
  const after = { principal: '*', action: evil, acl: evil, account_id: evil };
  const parameter = [{ name: evil, apply_method: 'pending-reboot' }];
  const change = { actions: ['update'], before: {}, after: { ...after, parameter } };
  reviewOrRefuse(
    JSON.stringify({ format_version: '1.2', resource_changes: [{ address: 'a.b', type, name: 'b', change }] }),
  );
});

it('no JSON and no bytes crash it', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        fc.string(),
        fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
      ),
      reviewOrRefuse,
    ),
    { numRuns: 200 },
  );
});

it.each([1, 30, 500])('a plan of %d resources is counted as it was made', (count) => {
  const value = largePlan(count);
  const changes = value.resource_changes as { change: { actions: string[] } }[];
  const of = (...actions: string[]): number =>
    changes.filter(({ change }) => change.actions.join('/') === actions.join('/')).length;
  const { counts } = reviewPlans([
    { stack: 'lab', file: '', plan: parsePlan('plan.json', Buffer.from(JSON.stringify(value))) },
  ]);
  expect(counts).toMatchObject({
    create: of('create'),
    update: of('update'),
    replace: of('delete', 'create'),
    delete: of('delete'),
  });
});
