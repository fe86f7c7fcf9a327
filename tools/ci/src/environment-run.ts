import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { InputError, type Environment } from '@loadlab/foundation';
import type { Review } from '@loadlab/plan-review';
import type { Git } from './git';
import type { Nx } from './nx';
import type { Options } from './options';
import { findOrphans, type Orphan } from './orphans';
import { workspaceStacks } from './workspace-stacks';

/** What a command works with on one environment. */
export interface EnvironmentRun {
  readonly root: string;
  /** Where reports go. */
  readonly reports: string;
  readonly environment: Environment;
  /** Names of all environments of the workspace. */
  readonly environments: readonly string[];
  readonly options: Options;
  readonly nx: Nx;
  readonly git: Git;
  readonly now: Date;
}

/** How a command ended on one environment. */
export interface Outcome {
  readonly code: number;
  /** What there is to say, as Markdown. */
  readonly report: string;
  /** Plans that would do something, as an apply wants them named. */
  readonly approvals?: readonly string[];
}

/** States of this environment that nobody has any more; all of its stacks are synthesized for that. */
export async function orphansOf({ root, environment, environments, nx }: EnvironmentRun): Promise<Orphan[]> {
  if (environment.backend.s3 === undefined) return [];
  const projects = nx.projects('synth').filter((project) => project !== 'lab');
  if ((await nx.synth(projects)) !== 0) return [];
  const stacks = workspaceStacks(root, environment.name, projects).map(({ name }) => name);
  // Whoever deploys the lab does not look after its own bucket.
  const known = { environments, environment: environment.name, stacks: [...stacks, 'state-backend'] };
  return findOrphans(environment, known);
}

/** The same in words, beside plans: what cannot be looked for is said, and keeps nobody from reading the rest. */
export async function orphanNote(run: EnvironmentRun): Promise<string> {
  try {
    return describeOrphans(await orphansOf(run));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return `_States that nobody plans any more could not be looked for: ${error.problems.map(({ message }) => message).join('; ')}_\n`;
  }
}

/** Writes the whole review beside its comment, which may have to leave out details. */
export function writeReview(
  run: EnvironmentRun,
  review: Review,
  format: (review: Review, format: 'html' | 'json') => string,
): void {
  for (const kind of ['html', 'json'] as const)
    writeFileSync(path.join(run.reports, `review-${run.environment.name}.${kind}`), format(review, kind));
}

/** Orphans in words; empty when there are none. */
export function describeOrphans(orphans: readonly Orphan[]): string {
  if (orphans.length === 0) return '';
  const rows = orphans.map(
    ({ key, gone, resources, modifiedAt }) =>
      `| \`${key}\` | ${gone === 'stack' ? 'the stack is not in the workspace, or its environment goes without it' : 'the environment’s folder is gone'} | ${resources} | ${modifiedAt.toISOString().slice(0, 10)} |`,
  );
  return [
    '**Live, and planned by nobody any more:**',
    '',
    '| state | why | things that exist | last changed |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    'Nothing here takes them away: check out the last commit that had the folder, and `nx destroy` the stack there.',
    '',
  ].join('\n');
}
