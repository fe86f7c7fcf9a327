import type { ReviewedChange } from '../review/review';
import type { PolicyFinding, PolicyRule } from './policy-schema';

const LEVELS: readonly PolicyRule['level'][] = ['deny', 'needs-approval', 'warn'];

/** Every rule that a change meets, strictest first. */
export function applyPolicies(rules: readonly PolicyRule[], changes: readonly ReviewedChange[]): PolicyFinding[] {
  const findings = changes.flatMap((change) =>
    rules
      .filter((rule) => meets(change, rule))
      .map((rule) => ({
        rule: rule.name,
        level: rule.level,
        stack: change.stack,
        address: change.address,
        message: rule.message,
      })),
  );
  return findings.sort((left, right) => LEVELS.indexOf(left.level) - LEVELS.indexOf(right.level));
}

function meets(change: ReviewedChange, rule: PolicyRule): boolean {
  return (
    (rule.type?.some((pattern) => like(pattern, change.type)) ?? true) &&
    (rule.action?.some((action) => action === change.action) ?? change.action !== 'no-op') &&
    (rule.risk?.includes(change.risk) ?? true) &&
    (rule.stack?.some((pattern) => like(pattern, change.stack)) ?? true) &&
    (rule.attribute?.some((pattern) => change.attributes.some(({ path }) => like(pattern, path))) ?? true)
  );
}

/** `*` stands for any run of characters. */
function like(pattern: string, text: string): boolean {
  return new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  ).test(text);
}
