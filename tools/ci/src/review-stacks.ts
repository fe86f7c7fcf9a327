import { existsSync } from 'node:fs';
import path from 'node:path';
import { PLAN_JSON, workspacePolicies } from '@loadlab/nx-cdktf/plans';
import { formatReview, readPlans, reviewPlans, synthesizedReaders, type Review } from '@loadlab/plan-review';
import { writeReview, type EnvironmentRun } from './environment-run';
import { manifestOf, workspaceStacks } from './workspace-stacks';
import type { PlannedStack } from './plan-report';

/** What became of the plans of some projects, and one review of them all: a reviewer sees what reaches from one stack into another. */
export function reviewStacks(
  run: EnvironmentRun,
  projects: readonly string[],
): { readonly stacks: PlannedStack[]; readonly review: Review | undefined } {
  const found = workspaceStacks(run.root, run.environment.name, projects);
  const stacks = found.map((stack) => ({
    project: stack.project,
    name: stack.name,
    manifest: manifestOf(stack),
    reason: run.nx.reasons.get(stack.packageFolder),
  }));
  const plans = found
    .filter((stack) => manifestOf(stack)?.planned != null)
    .map(({ name, folder }) => ({ name, file: path.join(folder, PLAN_JSON) }))
    .filter(({ file }) => existsSync(file));
  if (plans.length === 0) return { stacks, review: undefined };
  const review = reviewPlans(
    readPlans(plans.map(({ name, file }) => `${name}-${run.environment.name}=${file}`)),
    workspacePolicies(run.root),
    synthesizedReaders(run.root),
    stacks.flatMap(({ name, manifest }) =>
      manifest === undefined || manifest.pendingUpstream.length === 0
        ? []
        : [{ stack: `${name}-${run.environment.name}`, upstream: manifest.pendingUpstream }],
    ),
  );
  writeReview(run, review, formatReview);
  return { stacks, review };
}
