import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  environmentNames,
  EXIT,
  formatProblems,
  InputError,
  workspaceRoot,
  type Environment,
} from '@loadlab/foundation';
import { applyAffected } from './apply';
import { chooseEnvironments } from './choose-environments';
import { combine, describeProblems, MARKER, type Section } from './comment';
import { reviewDrift } from './drift';
import type { EnvironmentRun, Outcome } from './environment-run';
import { foremost } from './exit-codes';
import { Git } from './git';
import { Nx } from './nx';
import { readOptions, type Options } from './options';
import { baseOf, checkAffected, reviewAffected } from './pull-request';
import { reapExpired } from './reap';
import { rehearse } from './rehearse';
import { setUp } from './set-up';
import { describeWaves, progressOf } from './waves';
import { isSynthesized, manifestOf, stackPackages, workspaceStacks } from './workspace-stacks';

const root = workspaceRoot();
const reports = path.join(root, 'reports', 'ci');
const plansFile = path.join(reports, 'plans.txt');
const commentFile = path.join(reports, 'comment.md');
/** GitHub refuses a longer comment. */
const LONGEST = 65_536;
/** Set where the offline AWS is all around already, to how many environments there are in all: this is one of them. */
const REHEARSED = 'LOADLAB_CI_REHEARSED';

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  const options = readOptions(args);
  const isRehearsed = process.env[REHEARSED] !== undefined;
  if (options.command === 'waves') return waves(options);
  mkdirSync(reports, { recursive: true });
  // What is not written anew would be read as if it were of now.
  if (!isRehearsed) for (const file of [commentFile, plansFile]) rmSync(file, { force: true });
  try {
    return await work(args, options, isRehearsed);
  } catch (error) {
    if (error instanceof InputError && !isRehearsed)
      writeFileSync(
        commentFile,
        `${MARKER}\n${combine(options.command, undefined, [])}${describeProblems(error.problems)}`,
      );
    throw error;
  }
}

async function work(args: readonly string[], options: Options, isRehearsed: boolean): Promise<number> {
  const git = new Git(root);
  // Mistakes are told before the checks take their time.
  const environments = options.only === 'checks' ? [] : chooseEnvironments(options, process.env);
  if (options.command === 'pr') baseOf(options, git);
  let code = 0;
  if (options.command === 'pr' && options.only !== 'review' && !isRehearsed)
    code = await checkAffected({ nx: new Nx(root, process.env), options, git, setUp: () => setUp(root, 'checks') });
  if (options.only === 'checks') return code;
  const sections: Section[] = [];
  if (!isRehearsed) writeFileSync(plansFile, '');
  for (const environment of environments) {
    const { name } = environment;
    rmSync(sectionFile(name), { force: true });
    const count = Number(process.env[REHEARSED] ?? environments.length);
    const longest = Math.floor((LONGEST - 2000) / count);
    const ended =
      options.aws || isRehearsed
        ? await onEnvironment(environment, options, git, longest)
        : await rehearsed(name, args, count);
    sections.push({ environment: name, ...ended });
  }
  const checks = options.only === 'review' || options.command !== 'pr' ? undefined : code;
  const report = combine(options.command, checks, sections, LONGEST - MARKER.length - 1);
  if (!isRehearsed) {
    writeFileSync(commentFile, `${MARKER}\n${report}`);
    process.stdout.write(`\n${report}\nThe report is in ${shown(commentFile)}${pages(environments)}\n`);
  }
  return foremost([code, ...sections.map((section) => section.code)]);
}

/** The same again with the offline AWS around it. */
async function rehearsed(environment: string, args: readonly string[], count: number): Promise<Outcome> {
  const ready = setUp(root, 'rehearsal');
  if (ready !== 0) return { code: ready, report: '' };
  const code = await rehearse(root, environment, args, { [REHEARSED]: String(count) });
  const file = sectionFile(environment);
  return { code, report: existsSync(file) ? readFileSync(file, 'utf8') : '' };
}

/** Where the whole reviews are, for people with a browser. */
function pages(environments: readonly Environment[]): string {
  const found = environments
    .map(({ name }) => path.join(reports, `review-${name}.html`))
    .filter((file) => existsSync(file));
  return found.length === 0 ? '' : `; with everything, as a page: ${found.map(shown).join(', ')}`;
}

function shown(file: string): string {
  return path.relative(process.cwd(), file);
}

async function onEnvironment(environment: Environment, options: Options, git: Git, longest: number): Promise<Outcome> {
  const { name } = environment;
  for (const kind of ['html', 'json']) rmSync(path.join(reports, `review-${name}.${kind}`), { force: true });
  const run: EnvironmentRun = {
    root,
    reports,
    environment,
    environments: environmentNames(),
    options,
    nx: new Nx(root, { ...process.env, LOADLAB_ENVIRONMENT: name }),
    git,
    now: new Date(),
  };
  const outcome = await toldProblems(name, () => worksOf(run, longest));
  writeFileSync(sectionFile(name), outcome.report);
  keepApprovals(outcome.approvals ?? []);
  return outcome;
}

function worksOf(run: EnvironmentRun, longest: number): Promise<Outcome> {
  switch (run.options.command) {
    case 'apply':
      return applyAffected(run, longest);
    case 'drift':
      return reviewDrift(run, longest);
    case 'reap':
      return reapExpired(run);
    case 'pr':
    case 'waves':
      return reviewAffected(run, longest);
  }
}

/** A mistake in one environment is told in its section; the others have theirs all the same. */
async function toldProblems(name: string, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    process.stderr.write(`${formatProblems(error.problems)}\n`);
    return { code: EXIT.badInput, report: `## \`${name}\`\n\n${describeProblems(error.problems)}` };
  }
}

async function waves(options: Options): Promise<number> {
  const projects = stackPackages(root).map(({ project }) => project);
  const codes: number[] = [];
  for (const { name } of chooseEnvironments(options, process.env)) {
    // What lies there may be another environment's, which somebody looked at since.
    const nx = new Nx(root, { ...process.env, LOADLAB_ENVIRONMENT: name });
    if (!isSynthesized(root, name) && (await nx.synth(projects)) !== 0) return EXIT.objectiveMissed;
    const stacks = workspaceStacks(root, name, projects);
    const progress = stacks.map((stack) => progressOf(stack.name, stack.folder, manifestOf(stack)));
    const { code, text } = describeWaves(name, progress, new Date());
    process.stdout.write(text);
    codes.push(code);
  }
  return foremost(codes);
}

/** The plans that the reports are about and that would do something, as an apply wants them named. */
function keepApprovals(approvals: readonly string[]): void {
  appendFileSync(plansFile, approvals.map((approval) => `${approval}\n`).join(''));
}

function sectionFile(environment: string): string {
  return path.join(reports, `section-${environment}.md`);
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    if (error instanceof InputError) {
      process.stderr.write(`${formatProblems(error.problems)}\nNothing was changed.\n`);
      process.exitCode = EXIT.badInput;
    } else {
      process.stderr.write(
        `a defect of the pipeline itself: ${error instanceof Error ? String(error.stack) : String(error)}\n`,
      );
      process.exitCode = EXIT.defect;
    }
  },
);
