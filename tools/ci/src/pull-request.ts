import { EXIT, InputError } from '@loadlab/foundation';
import { orphanNote, type EnvironmentRun, type Outcome } from './environment-run';
import { approvalsOf, formatPlanReport, isPending, notSynthesized } from './plan-report';
import { reviewStacks } from './review-stacks';
import { forgetPlans } from './workspace-stacks';

/** What the checks of a pull request work with. */
interface Checking {
  readonly nx: Pick<EnvironmentRun['nx'], 'runAffected'>;
  readonly options: Pick<EnvironmentRun['options'], 'base'>;
  readonly git: Pick<EnvironmentRun['git'], 'isThere' | 'knows'>;
  /** Makes ready what the tests need beside npm packages. @returns its exit code */
  readonly setUp: () => number;
}

/** Lint, types and tests of what a change reaches: needs no credentials. @returns the exit code of Nx, or of the set-up */
export async function checkAffected({ nx, options, git, setUp }: Checking): Promise<number> {
  const base = baseOf(options, git);
  return setUp() || nx.runAffected(['lint', 'typecheck', 'test'], base);
}

/** Plans and reviews the stacks that a change reaches in one environment, and keeps their plans for an apply after the merge. */
export async function reviewAffected(run: EnvironmentRun, longest: number): Promise<Outcome> {
  const { root, nx, options, git, environment } = run;
  const projects = nx.projects('apply', baseOf(options, git));
  forgetPlans(root, environment.name, projects);
  const keeping = environment.backend.s3 === undefined ? {} : { LOADLAB_PLANS: 'keep' };
  const synthesized = await nx.synth(projects);
  if (synthesized !== 0) return { code: synthesized, report: notSynthesized(environment.name) };
  const code = await nx.run(['plan', 'review'], projects, keeping);
  const { stacks, review } = reviewStacks(run, projects);
  const report = formatPlanReport(
    {
      environment: environment.name,
      stacks,
      review,
      notes: [await orphanNote(run), waves(stacks.filter(isPending).length)],
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
export function baseOf({ base }: Checking['options'], git: Checking['git']): string {
  const wanted = base ?? process.env.NX_BASE;
  const candidates = wanted === undefined || wanted === '' ? ['origin/main', 'main'] : [wanted, `origin/${wanted}`];
  const found = candidates.find((candidate) => git.knows(candidate));
  if (found !== undefined) return found;
  if (!git.isThere())
    throw new InputError([
      {
        file: 'git',
        path: '',
        message: 'cannot tell what changed: git is not on the PATH, or this folder is no clone',
        hint: 'install git, and work in a clone of the repository',
      },
    ]);
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
