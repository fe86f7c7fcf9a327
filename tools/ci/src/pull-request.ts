import { EXIT, InputError } from '@loadlab/foundation';
import { describeOrphans, orphansOf, type EnvironmentRun, type Outcome } from './environment-run';
import { approvalsOf, formatPlanReport, isPending } from './plan-report';
import { reviewStacks } from './review-stacks';

/** Lint, types and tests of what a change reaches: needs no credentials. @returns the exit code of Nx */
export function checkAffected({ nx, options, git }: Pick<EnvironmentRun, 'nx' | 'options' | 'git'>): Promise<number> {
  return nx.runAffected(['lint', 'typecheck', 'test'], baseOf(options, git));
}

/** Plans and reviews the stacks that a change reaches in one environment, and keeps their plans for an apply after the merge. */
export async function reviewAffected(run: EnvironmentRun, longest: number): Promise<Outcome> {
  const { nx, options, git, environment } = run;
  const projects = nx.projects('apply', baseOf(options, git));
  const keeping = environment.backend.s3 === undefined ? {} : { LOADLAB_PLANS: 'keep' };
  const code = (await nx.synth(projects)) || (await nx.run(['plan', 'review'], projects, keeping));
  const { stacks, review } = reviewStacks(run, projects);
  const report = formatPlanReport(
    {
      environment: environment.name,
      stacks,
      review,
      notes: [describeOrphans(await orphansOf(run)), waves(stacks.filter(isPending).length)],
      flags: options.aws ? ['--aws'] : [],
    },
    longest,
  );
  const isDenied = review?.policy.some(({ level }) => level === 'deny') === true;
  const ended = code === 0 ? EXIT.done : isDenied ? EXIT.objectiveMissed : code;
  return { code: ended, report, approvals: approvalsOf(environment.name, stacks) };
}

/**
 * The commit that a pull request is compared with.
 * @throws {InputError} when it is not in this clone: everything, or nothing, would seem affected
 */
export function baseOf({ base }: Pick<EnvironmentRun['options'], 'base'>, git: EnvironmentRun['git']): string {
  const wanted = base ?? process.env.NX_BASE;
  const candidates = wanted === undefined || wanted === '' ? ['origin/main', 'main'] : [wanted, `origin/${wanted}`];
  const found = candidates.find((candidate) => git.knows(candidate));
  if (found !== undefined) return found;
  throw new InputError([
    {
      file: '--base',
      path: '',
      message: `${candidates.join(' and ')}: no such commit in this clone`,
      hint: 'fetch it (CI: fetch-depth: 0), or name another: --base BRANCH',
    },
  ]);
}

function waves(pending: number): string {
  if (pending === 0) return '';
  return `_${pending} ${pending === 1 ? 'stack waits' : 'stacks wait'} for the next wave: Terraform can plan ${pending === 1 ? 'it' : 'them'} once what ${pending === 1 ? 'it reads' : 'they read'} is applied._\n`;
}
