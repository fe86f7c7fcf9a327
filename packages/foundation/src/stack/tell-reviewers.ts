import { Lazy, TerraformOutput } from 'cdktf';
import { REVIEW_FACTS_OUTPUT, type ReviewFact } from '../review-facts/review-fact';
import type { LabStack } from './lab-stack';

const known = new WeakMap<LabStack, ReviewFact[]>();

/**
 * Tells whoever reviews the stack's plans what its numbers mean: budgets with their limits, and ends. They stand in the stack's
 * output `reviewFacts`, so that a plan shows them before and after.
 */
export function tellReviewers(stack: LabStack, ...facts: readonly ReviewFact[]): void {
  const told = known.get(stack);
  if (told !== undefined) {
    told.push(...facts);
    return;
  }
  const all = [...facts];
  known.set(stack, all);
  new TerraformOutput(stack, REVIEW_FACTS_OUTPUT, {
    value: Lazy.anyValue({ produce: () => all }),
    description: 'Budgets and ends, for reviews of plans; no contract',
    staticId: true,
  });
}
