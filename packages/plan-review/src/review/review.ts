import type { StackPlan } from '../plan/read-plan';
import type { OutputChange, PlanJson, ResourceChange } from '../plan/plan-json';
import { estimateCost, type CostEstimate } from '../cost/estimate-cost';
import { widenedAccess } from '../notes/widened-access';
import { applyPolicies } from '../policy/apply-policies';
import type { PolicyFinding, PolicyRule } from '../policy/policy-schema';
import { diff, type AttributeChange } from '../values/diff';
import { masked, sensitiveTexts } from '../values/masks';
import { redactor } from '../values/redact';
import { actionOf, countActions, createsBeforeDestroying, type Action, type Counts } from './action';
import { configuredAddress, dependentsOf, downstream } from './dependents';
import { isSetAttribute } from './resource-kinds';
import { compareRisks, judge, type Risk } from './risk';

/** One resource that changes. */
export interface ReviewedChange {
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  readonly risk: Risk;
  /** Why it has that risk. */
  readonly reason: string;
  /** The attributes that cannot be changed in place; empty unless it is replaced. */
  readonly replacedBecause: readonly string[];
  readonly attributes: readonly AttributeChange[];
  /** Resources of the stack that refer to it, directly or through others. */
  readonly downstream: readonly string[];
  readonly movedFrom?: string;
  readonly importedAs?: string;
  readonly notes: readonly string[];
}

/** A resource that somebody changed behind Terraform's back. */
export interface ReviewedDrift {
  readonly stack: string;
  readonly address: string;
  readonly attributes: readonly AttributeChange[];
}

/** An output that other stacks may read. */
export interface ReviewedOutput {
  readonly stack: string;
  readonly name: string;
  readonly action: Action;
  /** Stacks among those reviewed that read it. */
  readonly consumers: readonly string[];
}

/** What a reviewer needs to see of one or many plans. */
export interface Review {
  readonly schema: 'loadlab.review/v1';
  readonly verdict: { readonly risk: Risk; readonly reason: string };
  readonly counts: Counts;
  readonly changes: readonly ReviewedChange[];
  readonly drift: readonly ReviewedDrift[];
  readonly outputs: readonly ReviewedOutput[];
  readonly cost: CostEstimate;
  readonly policy: readonly PolicyFinding[];
}

/** Reviews the plans of one or many stacks together. Pure; everything that Terraform marks as sensitive is masked. */
export function reviewPlans(plans: readonly StackPlan[], rules: readonly PolicyRule[] = []): Review {
  const redact = redactor(plans.flatMap(({ plan }) => secretsOf(plan)));
  const changes = plans
    .flatMap(({ stack, plan }) => reviewChanges(stack, plan))
    .sort((left, right) => compareRisks(left.risk, right.risk));
  const worst = changes[0];
  return redact({
    schema: 'loadlab.review/v1',
    verdict:
      worst === undefined ? { risk: 'none', reason: 'changes nothing' } : { risk: worst.risk, reason: worst.reason },
    counts: countActions(plans.flatMap(({ plan }) => plan.resource_changes ?? [])),
    changes,
    drift: plans.flatMap(({ stack, plan }) => reviewDrift(stack, plan)),
    outputs: plans.flatMap(({ stack, plan }) => reviewOutputs(stack, plan, plans)),
    cost: estimateCost(plans),
    policy: applyPolicies(rules, changes),
  });
}

function reviewChanges(stack: string, plan: PlanJson): ReviewedChange[] {
  const dependents = dependentsOf(plan);
  return (plan.resource_changes ?? [])
    .filter((change) => change.mode !== 'data' && isChange(change))
    .map((change) => reviewChange(stack, change, dependents));
}

function isChange(change: ResourceChange): boolean {
  return (
    actionOf(change) !== 'no-op' ||
    change.previous_address !== undefined ||
    (change.change.importing !== null && change.change.importing !== undefined)
  );
}

function reviewChange(
  stack: string,
  resource: ResourceChange,
  dependents: ReadonlyMap<string, readonly string[]>,
): ReviewedChange {
  const action = actionOf(resource);
  const { before, after } = sidesOf(resource.change);
  const attributes =
    action === 'create' || action === 'delete' || action === 'forget' ? [] : diff(before, after, isSetAttribute);
  const widenings = widenedAccess({ type: resource.type, before, after: action === 'delete' ? undefined : after });
  const address = resource.address;
  const judgement = judge({ address, type: resource.type, action, attributes, widenings });
  const imported = resource.change.importing?.id;
  return {
    stack,
    address,
    type: resource.type,
    action,
    ...judgement,
    replacedBecause: (resource.change.replace_paths ?? []).map(formatReplacePath),
    attributes,
    downstream: action === 'create' || action === 'no-op' ? [] : downstream(configuredAddress(address), dependents),
    ...(resource.previous_address === undefined ? {} : { movedFrom: resource.previous_address }),
    ...(imported === undefined ? {} : { importedAs: imported }),
    notes: [
      ...widenings,
      ...reasonNotes(resource),
      ...(createsBeforeDestroying(resource) ? ['the new one stands before the old one goes'] : []),
    ],
  };
}

/** Both sides of a change, with marks put in: what is shown and compared from here on. */
function sidesOf(change: ResourceChange['change'] | OutputChange): { before: unknown; after: unknown } {
  return {
    before: masked(change.before, change.before_sensitive, undefined),
    after: masked(change.after, change.after_sensitive, change.after_unknown),
  };
}

/** Terraform's own reasons that a reviewer would ask for; those that replacedBecause says already are left out. */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: 'an earlier apply of it failed halfway, so it is made anew',
  replace_by_request: 'its replacement was asked for (-replace)',
  replace_by_triggers: 'something that it is to follow changed (replace_triggered_by)',
  delete_because_no_resource_config: 'it stands in the configuration no more',
  delete_because_no_module: 'its module stands in the configuration no more',
  delete_because_wrong_repetition: 'count or for_each came or went',
  delete_because_count_index: 'count became smaller',
  delete_because_each_key: 'its key left for_each',
  delete_because_no_move_target: 'it was moved to where nothing is configured',
};

function reasonNotes(resource: ResourceChange): string[] {
  const reason = REASONS[resource.action_reason ?? ''];
  return [
    ...(reason === undefined ? [] : [reason]),
    ...(resource.deposed === undefined ? [] : ['left over from a replacement that failed halfway']),
  ];
}

function formatReplacePath(path: readonly (string | number)[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${part}`))
    .join('');
}

function reviewDrift(stack: string, plan: PlanJson): ReviewedDrift[] {
  return (plan.resource_drift ?? []).map((resource) => {
    const { before, after } = sidesOf(resource.change);
    return { stack, address: resource.address, attributes: diff(before, after, isSetAttribute) };
  });
}

function reviewOutputs(stack: string, plan: PlanJson, plans: readonly StackPlan[]): ReviewedOutput[] {
  return Object.entries(plan.output_changes ?? {})
    .map(([name, change]) => ({
      stack,
      name,
      action: actionOf({ change }),
      consumers: consumersOf(stack, name, plans),
    }))
    .filter(({ action }) => action !== 'no-op');
}

/** Stacks that read an output through `terraform_remote_state`, whose data source our stacks name after the producer. */
function consumersOf(producer: string, output: string, plans: readonly StackPlan[]): string[] {
  const reference = new RegExp(
    `^data\\.terraform_remote_state\\.${escape(producer)}\\.outputs(?:\\.|\\[")${escape(output)}\\b`,
  );
  return plans
    .filter(
      ({ stack, plan }) => stack !== producer && references(plan.configuration).some((name) => reference.test(name)),
    )
    .map(({ stack }) => stack);
}

function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) =>
    key === 'references' && Array.isArray(part)
      ? part.filter((name): name is string => typeof name === 'string')
      : references(part),
  );
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * Values that Terraform marks anywhere in a plan: `show -json` prints them in clear, several times, and also where the mark got lost
 * (the output of a resource that was given a secret).
 */
function secretsOf(plan: PlanJson): string[] {
  const variables = plan.configuration?.root_module?.variables ?? {};
  const marked = Object.entries(plan.variables ?? {}).filter(([name]) => variables[name]?.sensitive === true);
  const changes = [...(plan.resource_changes ?? []), ...(plan.resource_drift ?? [])].map(({ change }) => change);
  return [
    ...marked.flatMap(([, { value }]) => sensitiveTexts(value, true)),
    ...[...changes, ...Object.values(plan.output_changes ?? {})].flatMap((change) => [
      ...sensitiveTexts(change.before, change.before_sensitive),
      ...sensitiveTexts(change.after, change.after_sensitive),
    ]),
  ];
}
