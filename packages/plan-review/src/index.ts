export { readPlans, type StackPlan } from './plan/read-plan';
export { policySchema, type PolicyFinding, type PolicyRule } from './policy/policy-schema';
export { reviewPlans, type Review, type ReviewedChange } from './review/review';
export { formatMarkdown } from './format/markdown';
export { formatTerminal } from './format/terminal';
