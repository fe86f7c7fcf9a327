import type { ReviewedChange } from '../review/review-schema';
import { own } from '../values/masks';
import { textOf } from '../values/text-of';
import type { PolicyFinding, PolicyRule } from './policy-schema';

const LEVELS: readonly PolicyRule['level'][] = ['deny', 'needs-approval', 'warn'];

/** A change with what only policies ask for. */
export interface GovernedChange {
  readonly change: ReviewedChange;
  /** All tags it carries, those of the provider included; undefined for a type that has none. */
  readonly tags: Readonly<Record<string, unknown>> | undefined;
}

/** Every rule that a change meets, strictest first. */
export function applyPolicies(rules: readonly PolicyRule[], governed: readonly GovernedChange[]): PolicyFinding[] {
  const tests = rules.map((rule) => ({ rule, isMet: conditionsOf(rule) }));
  const findings = governed.flatMap((candidate) =>
    tests
      .filter(({ isMet }) => isMet.every((condition) => condition(candidate)))
      .map(({ rule }) => ({
        rule: rule.name,
        level: rule.level,
        stack: candidate.change.stack,
        address: candidate.change.address,
        message: rule.message,
      })),
  );
  return findings.sort((left, right) => LEVELS.indexOf(left.level) - LEVELS.indexOf(right.level));
}

type Condition = (candidate: GovernedChange) => boolean;

function conditionsOf(rule: PolicyRule): Condition[] {
  const { type, action, risk, stack, access, tag = {}, withoutTag } = rule;
  const wanted = { action: listOf<string>(action), risk: listOf<string>(risk), withoutTag: listOf(withoutTag) };
  const conditions: Condition[] = [
    wanted.action.length > 0
      ? ({ change }) => actionsOf(change).some((word) => wanted.action.includes(word))
      : ({ change }) => change.action !== 'no-op',
    attributeCondition(rule),
    ...Object.entries(tag).map(([name, patterns]): Condition => {
      const isLike = likeAny(listOf(patterns));
      return ({ tags }) => typeof tags?.[name] === 'string' && isLike(tags[name]);
    }),
  ];
  if (type !== undefined) conditions.push(whose('type', listOf(type)));
  if (stack !== undefined) conditions.push(whose('stack', listOf(stack)));
  if (risk !== undefined) conditions.push(({ change }) => wanted.risk.includes(change.risk));
  if (access !== undefined) conditions.push(({ change }) => change[access].length > 0);
  if (withoutTag !== undefined)
    conditions.push(({ tags }) => tags !== undefined && wanted.withoutTag.some((name) => isBlank(own(tags, name))));
  return conditions;
}

function whose(field: 'type' | 'stack', patterns: readonly string[]): Condition {
  const isLike = likeAny(patterns);
  return ({ change }) => isLike(change[field]);
}

function attributeCondition({ attribute, to }: PolicyRule): Condition {
  if (attribute === undefined) return () => true;
  const isPath = likeAny(listOf(attribute));
  const isValue = to === undefined ? () => true : likeAny(listOf<string | number | boolean>(to).map(String));
  return ({ change }) => change.attributes.some(({ path, after }) => isPath(path) && isValue(textOf(after)));
}

/** The words by which a rule can mean a change: a moved or imported resource may be updated as well. */
function actionsOf({ action, movedFrom, importedAs }: ReviewedChange): string[] {
  return [action, ...(movedFrom === undefined ? [] : ['move']), ...(importedAs === undefined ? [] : ['import'])];
}

function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** `*` stands for any run of characters. */
function likeAny(patterns: readonly string[]): (text: string) => boolean {
  const expressions = patterns.map((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`, 's');
  });
  return (text) => expressions.some((expression) => expression.test(text));
}
