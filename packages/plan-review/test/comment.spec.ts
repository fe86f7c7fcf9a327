import { formatMarkdown } from '../src/format/markdown';
import { planSchema } from '../src/plan/plan-json';
import { policySchema } from '../src/policy/policy-schema';
import { reviewPlans } from '../src/review/review';
import type { OutputReader } from '../src/review/consumers';

const GITHUB = 65_536;
const LONG = 'x'.repeat(3000);

const plan = (changes: number, outputs: number) =>
  planSchema.parse({
    format_version: '1.2',
    resource_changes: Array.from({ length: changes }, (_, index) => ({
      address: `aws_db_instance.${LONG}${index}`,
      mode: 'managed',
      type: 'aws_db_instance',
      name: 'x',
      change: {
        actions: ['update'],
        before: { deletion_protection: true, publicly_accessible: false },
        after: { deletion_protection: false, publicly_accessible: true },
      },
    })),
    output_changes: Object.fromEntries(
      Array.from({ length: outputs }, (_, index) => [`o${index}`, { actions: ['update'], before: LONG, after: 'b' }]),
    ),
    checks: Array.from({ length: 100 }, (_, index) => ({
      address: { to_display: `check.c${index}` },
      status: 'fail',
      instances: [{ status: 'fail', problems: [{ message: LONG }] }],
    })),
  });
const { rules } = policySchema.parse({
  rules: Array.from({ length: 5 }, (_, index) => ({ name: `${index}${LONG}`, level: 'deny', message: LONG })),
});
const everybody: OutputReader[] = Array.from({ length: 500 }, (_, index) => ({
  stack: `reader-${index}-${LONG}`,
  reads: Array.from({ length: 500 }, (__, output) => ({ producer: 'stack0', output: `o${output}` })),
}));

describe('a comment on far too much', () => {
  const review = reviewPlans(
    Array.from({ length: 500 }, (_, index) => ({
      stack: `stack${index}`,
      file: '',
      plan: plan(index === 0 ? 500 : 1, index === 0 ? 500 : 1),
    })),
    rules,
    everybody,
  );
  const comment = formatMarkdown(review);

  it('fits', () => {
    expect(comment.length).toBeLessThanOrEqual(GITHUB);
  });

  it('has the whole summary: verdict, counts, policies, what to know, outputs, stacks, and how much is left out', () => {
    expect(comment).toMatch(/^### 🟥 critical · ⛔ denied by policy \(\d+ findings\)/);
    expect(comment).toContain('**999 to update**');
    expect(comment).toMatch(/\| deny \|/);
    expect(comment).toMatch(/does not hold/);
    expect(comment).toMatch(/- output /);
    expect(comment).toMatch(/\| stack \| changes \| worst \|/);
    expect(comment).toMatch(/and \d+ more/);
    expect(comment).toMatch(/details do not fit into a comment/);
  });
});

it('every detail is closed again, wherever the rest was cut', () => {
  const review = reviewPlans([{ stack: 'lab', file: '', plan: plan(40, 2) }]);
  for (const longest of [4000, 9000, 20_000, GITHUB]) {
    const comment = formatMarkdown(review, longest);
    expect(comment.length).toBeLessThanOrEqual(longest);
    expect(comment.match(/<details>/g)?.length ?? 0).toBe(comment.match(/<\/details>/g)?.length ?? 0);
    expect((comment.match(/^```/gm) ?? []).length % 2).toBe(0);
  }
});
