import { rmSync } from 'node:fs';
import path from 'node:path';
import { EXIT, InputError } from '@loadlab/foundation';
import { appliedPlan, MANIFEST } from '@loadlab/nx-cdktf/plans';
import { orphanNote, type EnvironmentRun, type Outcome } from './environment-run';
import { lastApplied } from './last-applied';
import { missingStacks } from './missing-stacks';
import { approvalsOf, formatPlanReport, isPending, notSynthesized } from './plan-report';
import { reviewStacks } from './review-stacks';
import { forgetPlans, manifestOf, workspaceStacks } from './workspace-stacks';

/** Without approvals: plans, or takes again, what an apply would need. With them: applies exactly those plans. */
export async function applyAffected(run: EnvironmentRun, longest: number): Promise<Outcome> {
  const since = await commitToCompareWith(run);
  const projects = await dueProjects(run, since.commit);
  return run.options.approved.length === 0
    ? planWave(run, projects, since.words, longest)
    : applyWave(run, projects, since.words);
}

/** What changed since the last apply that went through, so that one that failed is not forgotten. */
async function commitToCompareWith({ environment, git }: EnvironmentRun): Promise<{ commit?: string; words: string }> {
  const commit = await lastApplied(environment).read();
  if (commit === undefined) return { words: 'No whole apply is on record: all stacks are looked at.' };
  if (!git.knows(commit))
    return { words: `The last whole apply was of ${commit}, which is not in this clone: all stacks are looked at.` };
  return { commit, words: `Compared with ${commit.slice(0, 12)}, the last commit that was applied whole.` };
}

/** What changed, and what is not there: taken down since, or never made. */
async function dueProjects({ nx, root, environment }: EnvironmentRun, since: string | undefined): Promise<string[]> {
  const all = nx.projects('apply');
  if (since === undefined || (await nx.synth(all)) !== 0) return all;
  const missing = await missingStacks(environment, workspaceStacks(root, environment.name, all));
  return [...new Set([...nx.projects('apply', since), ...missing])].sort();
}

async function planWave(run: EnvironmentRun, projects: string[], words: string, longest: number): Promise<Outcome> {
  const { root, nx, environment, options } = run;
  forgetPlans(root, environment.name, projects);
  const keeping = environment.backend.s3 === undefined ? {} : { LOADLAB_PLANS: 'reuse' };
  const synthesized = await nx.synth(projects);
  if (synthesized !== 0) return { code: synthesized, report: notSynthesized(environment.name) };
  const code = await nx.run(['plan', 'review'], projects, keeping);
  const { stacks, review } = reviewStacks(run, projects);
  const notes = [`${words}\n`, await orphanNote(run)];
  const report = formatPlanReport(
    { environment: environment.name, stacks, review, notes, flags: options.aws ? ['--aws'] : [] },
    longest,
  );
  const approvals = approvalsOf(environment.name, stacks);
  if (code !== 0) return { code, report, approvals };
  if (approvals.length === 0 && !stacks.some(isPending)) await remember(run);
  return { code: approvals.length > 0 ? EXIT.invalid : EXIT.done, report, approvals };
}

async function applyWave(run: EnvironmentRun, projects: string[], words: string): Promise<Outcome> {
  const { nx, environment, options, root } = run;
  const plans = new Map(
    options.approved
      .filter((approval) => approval.environment === environment.name)
      .map(({ stack, plan }) => [stack, plan]),
  );
  const synthesized = await nx.synth(projects);
  if (synthesized !== 0) return { code: synthesized, report: notSynthesized(environment.name) };
  const stacks = workspaceStacks(root, environment.name, projects);
  refuseUnknown(
    [...plans.keys()],
    stacks.map(({ name }) => name),
    environment.name,
  );
  const approved = stacks.filter(({ name }) => plans.has(name));
  for (const stack of approved)
    // Another plan than the approved one is in the way; the approved one is fetched.
    if (manifestOf(stack) !== undefined && manifestOf(stack)?.sha256 !== plans.get(stack.name))
      rmSync(path.join(stack.folder, MANIFEST));
  const code = await nx.run(
    ['apply'],
    approved.map(({ project }) => project),
    { LOADLAB_APPROVED_PLAN: [...plans.values()].join(',') },
  );
  const rows = approved.map((stack) => {
    const isApplied = appliedPlan(stack.folder) === plans.get(stack.name);
    return `| \`${stack.name}\` | ${isApplied ? 'applied' : '**not applied**: the log says why'} |`;
  });
  const report = [`## \`${environment.name}\``, '', words, '', '| stack | |', '| --- | --- |', ...rows, '', ''];
  if (code !== 0) return { code, report: report.join('\n') };
  return { code: EXIT.done, report: `${report.join('\n')}Whether another wave is due, \`npm run ci:apply\` says.\n` };
}

function refuseUnknown(names: readonly string[], known: readonly string[], environment: string): void {
  const problems = names
    .filter((name) => !known.includes(name))
    .map((name) => ({
      file: '--approved',
      path: name,
      message: `is no stack of environment "${environment}" that has changed since the last whole apply`,
      hint: known.length === 0 ? 'none has' : known.join(', '),
    }));
  if (problems.length > 0) throw new InputError(problems);
}

/** Only what is committed can be compared with later. */
async function remember({ environment, git, now }: EnvironmentRun): Promise<void> {
  const commit = git.head();
  if (commit === undefined || !git.isClean()) return;
  await lastApplied(environment).write(commit, now);
}
