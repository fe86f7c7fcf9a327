export { readPlans, type StackPlan } from './plan/read-plan';
export { synthesizedReaders } from './plan/synthesized-readers';
export { policySchema, type PolicyFinding, type PolicyRule } from './policy/policy-schema';
export { reviewPlans } from './review/review';
export { reviewSchema, type Review, type ReviewedChange } from './review/review-schema';
export { readPolicies } from './policy/read-policies';
export { priceTable } from './cost/price-table';
export { estimateCost, type CostEstimate } from './cost/estimate-cost';
export { formatReview, REVIEW_FORMATS, type ReviewFormat } from './format/format-review';
