import { estimateCost } from '../cost/estimate-cost';
import { reviewFacts } from '../facts/review-facts';
import type { PlanJson } from '../plan/plan-json';
import type { StackPlan } from '../plan/read-plan';
import { secretsIn } from '../plan/secrets-in';
import { applyPolicies, type GovernedChange } from '../policy/apply-policies';
import type { PolicyRule } from '../policy/policy-schema';
import { actionOf, addCounts, countActions } from './action';
import { consumersOf, readerOf, type OutputReader } from './consumers';
import { dependentsOf, downstreamFinder } from './dependents';
import { reviewRemembered } from './drift';
import { hideSecrets } from './hide-secrets';
import { isChange, reasonOf, reviewChange } from './review-change';
import type { Review, ReviewedCheck, ReviewedOutput, ReviewedStack } from './review-schema';
import { compareRisks } from './risk';
import { differences, sidesOf } from './sides';
import { verdictOf } from './verdict';
import { REVIEW_FACTS_OUTPUT } from '@loadlab/foundation';

/** A stack that waits for others: their outputs do not exist yet, or are about to change. */
export interface PendingStack {
  readonly stack: string;
  readonly upstream: readonly string[];
}

/**
 * Reviews the plans of one or many stacks together. Pure; everything that Terraform marks as sensitive is masked.
 * `readers` are stacks that may read outputs, beside those reviewed; `pending` are those that cannot be planned yet.
 */
export function reviewPlans(
  plans: readonly StackPlan[],
  rules: readonly PolicyRule[] = [],
  readers: readonly OutputReader[] = [],
  pending: readonly PendingStack[] = [],
): Review {
  const governed = plans
    .flatMap(({ stack, plan }) => reviewChanges(stack, plan))
    .sort((left, right) => compareRisks(left.change.risk, right.change.risk));
  const changes = governed.map(({ change }) => change);
  // A plan is newer than what lies synthesized of the same stack.
  const reviewed = new Set(plans.map(({ stack }) => stack));
  const allReaders = [
    ...plans.map(({ stack, plan }) => readerOf(stack, plan)),
    ...readers.filter(({ stack }) => !reviewed.has(stack)),
  ];
  const remembered = plans.map(({ stack, plan }) => reviewRemembered(stack, plan));
  const findings = {
    stacks: plans.map(({ stack, plan }) => reviewStack(stack, plan, changes)),
    changes,
    drift: remembered.flatMap(({ drift }) => drift),
    leftAlone: remembered.flatMap(({ leftAlone }) => leftAlone),
    refreshed: remembered.flatMap(({ refreshed }) => refreshed),
    outputs: plans.flatMap(({ stack, plan }) => reviewOutputs(stack, plan, allReaders)),
    facts: plans
      .flatMap(({ stack, plan }) => reviewFacts(stack, plan))
      .sort((left, right) => compareRisks(left.risk, right.risk)),
    pending: pending.map(({ stack, upstream }) => ({ stack, upstream: [...upstream] })),
    reads: plans.flatMap(({ stack, plan }) => reviewReads(stack, plan)),
    checks: plans.flatMap(({ stack, plan }) => reviewChecks(stack, plan)),
  };
  const review: Review = {
    schema: 'loadlab.review/v1',
    verdict: verdictOf(findings),
    counts: addCounts(findings.stacks.map(({ counts }) => counts)),
    ...findings,
    cost: estimateCost(plans),
    policy: applyPolicies(rules, governed),
  };
  return hideSecrets(
    review,
    plans.flatMap(({ plan }) => secretsIn(plan)),
  );
}

function reviewChanges(stack: string, plan: PlanJson): GovernedChange[] {
  const feltBy = downstreamFinder(dependentsOf(plan));
  return (plan.resource_changes ?? [])
    .filter((change) => change.mode !== 'data' && isChange(change))
    .map((change) => reviewChange(stack, change, feltBy));
}

function reviewStack(stack: string, plan: PlanJson, changes: Review['changes']): ReviewedStack {
  return {
    stack,
    risk: changes.find((change) => change.stack === stack)?.risk ?? 'none',
    counts: countActions(plan.resource_changes ?? []),
    ...(plan.terraform_version === undefined ? {} : { terraform: plan.terraform_version }),
    ...(plan.timestamp === undefined ? {} : { plannedAt: plan.timestamp }),
    warnings: warningsOf(plan),
  };
}

/** Why a plan does not tell everything that its configuration wants. */
function warningsOf(plan: PlanJson): string[] {
  const deferred = plan.deferred_changes ?? [];
  return [
    ...(plan.complete === false && deferred.length === 0
      ? ['the plan leaves something out (-target, or -exclude): plan again after the apply']
      : []),
    ...deferred.map(
      ({ reason, resource_change: change }) =>
        `the plan puts off ${change?.address ?? 'a resource'} (${reason.replaceAll('_', ' ')})`,
    ),
  ];
}

/** What a plan could not ask yet, so that whatever hangs on it is not known. */
function reviewReads(stack: string, plan: PlanJson): Review['reads'] {
  return (plan.resource_changes ?? [])
    .filter((change) => change.mode === 'data' && actionOf(change) === 'read')
    .map((change) => {
      const reason = reasonOf(change);
      return { stack, address: change.address, ...(reason === undefined ? {} : { reason }) };
    });
}

function reviewOutputs(stack: string, plan: PlanJson, readers: readonly OutputReader[]): ReviewedOutput[] {
  return Object.entries(plan.output_changes ?? {})
    .filter(([name, change]) => name !== REVIEW_FACTS_OUTPUT && actionOf({ change }) !== 'no-op')
    .map(([name, change]) => ({
      stack,
      name,
      action: actionOf({ change }),
      attributes: differences(sidesOf(change)),
      consumers: consumersOf(stack, name, readers),
    }));
}

/** Conditions that do not hold. Those of resources stop a plan; those of `check` blocks only warn, and here they are seen. */
function reviewChecks(stack: string, plan: PlanJson): ReviewedCheck[] {
  return (plan.checks ?? []).flatMap(({ address, status, instances }): ReviewedCheck[] =>
    status === 'fail' || status === 'error'
      ? [
          {
            stack,
            address: address.to_display,
            status,
            messages: (instances ?? []).flatMap(({ problems }) =>
              (problems ?? []).flatMap(({ message }) => message ?? []),
            ),
          },
        ]
      : [],
  );
}
