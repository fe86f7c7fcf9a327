import { readFileSync } from 'node:fs';
import path from 'node:path';
import { formatReview } from '../src/format/format-review';
import { readPlans } from '../src/plan/read-plan';
import { reviewPlans } from '../src/review/review';
import { expectGolden } from './golden';
import { schemaErrors } from './json-schema';
import { planCases } from './plans/cases';
import { committedPlan, SUMMARIES } from './plans/committed-plan';

const summaries = JSON.parse(readFileSync(SUMMARIES, 'utf8')) as Record<string, string>;
const golden = (name: string): string => path.join(__dirname, 'golden', name);
const reviewOf = (name: string) => reviewPlans(readPlans([`lab=${committedPlan(name)}`]));

/** As Terraform sums up: a replacement is one to add and one to destroy. */
function asTerraform({ counts }: ReturnType<typeof reviewOf>): string {
  const { create, update, replace, delete: gone, import: imported } = counts;
  const imports = imported > 0 ? `${imported} to import, ` : '';
  return `Plan: ${imports}${create + replace} to add, ${update} to change, ${gone + replace} to destroy.`;
}

it('there are at least forty plans of real Terraform', () => {
  expect(planCases.length).toBeGreaterThanOrEqual(40);
  expect(Object.keys(summaries).sort()).toEqual(planCases.map(({ name }) => name).sort());
});

describe.each(planCases.map(({ name }) => name))('the review of %s', (name) => {
  const review = reviewOf(name);

  it('reads as it did when somebody last read it', () => {
    expectGolden(golden(`${name}.txt`), formatReview(review, 'terminal'));
  });

  it('counts what Terraform counts', () => {
    const summary = summaries[name] ?? '';
    if (summary.startsWith('Plan:')) expect(asTerraform(review)).toBe(summary);
    else expect(asTerraform(review)).toBe('Plan: 0 to add, 0 to change, 0 to destroy.');
  });

  it('is valid, as JSON and as SARIF', () => {
    expect(schemaErrors('review', formatReview(review, 'json'))).toEqual([]);
    expect(schemaErrors('sarif', formatReview(review, 'sarif'))).toEqual([]);
  });

  it('fits a comment, and begins with the verdict', () => {
    const comment = formatReview(review, 'markdown');
    expect(comment.length).toBeLessThanOrEqual(65_536);
    expect(comment.split('\n')[0]).toContain(review.verdict.risk);
  });
});

describe('all of them together', () => {
  const review = reviewPlans(readPlans(planCases.map(({ name }) => `${name}=${committedPlan(name)}`)));

  it('are one review, worst first, which reads as it did', () => {
    const order = ['critical', 'high', 'medium', 'low', 'none'];
    const ranks = review.changes.map(({ risk }) => order.indexOf(risk));
    expect(ranks).toEqual([...ranks].sort((left, right) => left - right));
    const comment = formatReview(review, 'markdown');
    expect(comment.length).toBeLessThanOrEqual(65_536);
    expect(comment).toContain('do not fit into a comment');
    expectGolden(golden('all.md'), comment);
  });
});
