import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  environmentNames,
  EXIT,
  formatProblems,
  InputError,
  loadEnvironment,
  workspaceRoot,
} from '@loadlab/foundation';
import { applyAffected } from './apply';
import { combine, MARKER, type Section } from './comment';
import { reviewDrift } from './drift';
import type { EnvironmentRun, Outcome } from './environment-run';
import { foremost } from './exit-codes';
import { Git } from './git';
import { Nx } from './nx';
import { readOptions, type Options } from './options';
import { checkAffected, reviewAffected } from './pull-request';
import { reapExpired } from './reap';
import { describeWaves, progressOf } from './waves';
import { manifestOf, stackPackages, workspaceStacks } from './workspace-stacks';

const root = workspaceRoot();
const reports = path.join(root, 'reports', 'ci');
const plansFile = path.join(reports, 'plans.txt');
/** GitHub refuses a longer comment. */
const LONGEST = 65_536;
/** Which environments the pipeline looks after, by name, where that is not all of them. */
const ENVIRONMENTS = 'LOADLAB_CI_ENVIRONMENTS';
/** Set where the offline AWS is all around already, to how many environments there are in all: this is one of them. */
const REHEARSED = 'LOADLAB_CI_REHEARSED';

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  const options = readOptions(args);
  mkdirSync(reports, { recursive: true });
  const git = new Git(root);
  const isRehearsed = process.env[REHEARSED] !== undefined;
  if (options.command === 'waves') return waves(options);
  let code = 0;
  if (options.command === 'pr' && options.only !== 'review' && !isRehearsed)
    code = await checkAffected({ nx: new Nx(root, process.env), options, git });
  if (options.only === 'checks') return code;
  const environments = chosen(options);
  const sections: Section[] = [];
  if (!isRehearsed) writeFileSync(plansFile, '');
  for (const environment of environments) {
    rmSync(sectionFile(environment), { force: true });
    const longest = Math.floor((LONGEST - 2000) / Number(process.env[REHEARSED] ?? environments.length));
    const ended =
      options.aws || isRehearsed
        ? await onEnvironment(environment, options, git, longest)
        : rehearse(environment, args, environments.length);
    sections.push({ environment, ...ended });
  }
  const report = combine(
    options.command,
    options.only === 'review' || options.command !== 'pr' ? undefined : code,
    sections,
  );
  writeFileSync(path.join(reports, 'comment.md'), `${MARKER}\n${report}`);
  if (!isRehearsed)
    process.stdout.write(
      `\n${report}\nThe report is in ${path.relative(process.cwd(), path.join(reports, 'comment.md'))}\n`,
    );
  return foremost([code, ...sections.map((section) => section.code)]);
}

/** By name, else those whose states are for everybody: nobody else's pipeline can see a state on this machine. */
function chosen({ environments, approved }: Options): string[] {
  if (environments.length > 0) return [...environments];
  if (approved.length > 0) return [...new Set(approved.map(({ environment }) => environment))];
  const named = (process.env[ENVIRONMENTS] ?? '').split(/[\s,]+/).filter((name) => name !== '');
  if (named.length > 0) return named;
  return environmentNames().filter((name) => loadEnvironment(name).backend.local === undefined);
}

async function onEnvironment(name: string, options: Options, git: Git, longest: number): Promise<Outcome> {
  const run: EnvironmentRun = {
    root,
    reports,
    environment: loadEnvironment(name),
    environments: environmentNames(),
    options,
    nx: new Nx(root, { ...process.env, LOADLAB_ENVIRONMENT: name }),
    git,
    now: new Date(),
  };
  const outcome = await worksOf(run, longest);
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

/** The same again with the offline AWS around it. */
function rehearse(environment: string, args: readonly string[], count: number): Outcome {
  const setUp = spawnSync(process.execPath, ['tools/setup/setup.js', '--python', '--for-tests'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (setUp.status !== 0) return { code: EXIT.badInput, report: '' };
  const own = withoutEnvironments(args);
  const again = [process.execPath, '--import', 'tsx', 'tools/ci/src/main.ts', ...own, '--environment', environment];
  const command = ['apps/loadlab/bin/loadlab.js', 'rehearse', '--environment', environment, '--', ...again];
  const { status } = spawnSync(process.execPath, command, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, [REHEARSED]: String(count) },
  });
  const file = sectionFile(environment);
  return { code: status ?? EXIT.interrupted, report: existsSync(file) ? readFileSync(file, 'utf8') : '' };
}

function withoutEnvironments(args: readonly string[]): string[] {
  return args.filter((word, index) => !word.startsWith('--environment') && args[index - 1] !== '--environment');
}

function waves(options: Options): number {
  const codes = chosen(options).map((environment) => {
    const stacks = workspaceStacks(
      root,
      environment,
      stackPackages(root).map(({ project }) => project),
    );
    const progress = stacks.map((stack) => progressOf(stack.name, stack.folder, manifestOf(stack)));
    const { code, text } = describeWaves(environment, progress, new Date());
    process.stdout.write(text);
    return code;
  });
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
