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
