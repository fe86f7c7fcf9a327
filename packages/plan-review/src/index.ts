export { readPlans, type StackPlan } from './plan/read-plan';
export { synthesizedReaders } from './plan/synthesized-readers';
export { policySchema, type PolicyFinding, type PolicyRule } from './policy/policy-schema';
export { reviewPlans } from './review/review';
export { reviewSchema, type Review, type ReviewedChange } from './review/review-schema';
export { readPolicies } from './policy/read-policies';
export { priceStates, type DeployedCost } from './cost/price-state';
export { formatMarkdown } from './format/markdown';
export { formatReview, REVIEW_FORMATS, type ReviewFormat } from './format/format-review';
