import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { formatReview, readPlans, readPolicies, reviewPlans, type PolicyFinding } from '@loadlab/plan-review';
import type { SynthesizedStack } from './find-stack';
import { digestOf, PLAN, PLAN_JSON } from './plan-manifest';

/** The policies of the workspace, or none. */
export function workspacePolicies(root: string): ReturnType<typeof readPolicies> {
  const file = path.join(root, 'reviews.yaml');
  return existsSync(file) ? readPolicies(file) : [];
}

/** What the policies say of a stack's saved plan. */
export function policyFindings(root: string, folder: string): readonly PolicyFinding[] {
  return reviewPlans(readPlans([path.join(folder, PLAN_JSON)]), workspacePolicies(root)).policy;
}

/**
 * Reviews a stack's saved plan: on standard output, and as `review.md`, `review.html` and `review.json` beside it.
 * @returns 1 when a policy denies it
 */
export function reviewPlan(stack: SynthesizedStack, root: string, useColor: boolean): number {
  const file = path.join(stack.folder, PLAN_JSON);
  if (!existsSync(file)) {
    process.stdout.write(`${stack.id}: no saved plan to review (pending, or not planned yet)\n`);
    return 0;
  }
  const review = reviewPlans(readPlans([`${stack.id}=${file}`]), workspacePolicies(root));
  for (const [name, format] of [
    ['review.md', 'markdown'],
    ['review.html', 'html'],
    ['review.json', 'json'],
  ] as const)
    writeFileSync(path.join(stack.folder, name), formatReview(review, format));
  process.stdout.write(
    `${formatReview(review, 'terminal', useColor)}plan ${digestOf(path.join(stack.folder, PLAN)) ?? ''}\n`,
  );
  return review.policy.some(({ level }) => level === 'deny') ? 1 : 0;
}
