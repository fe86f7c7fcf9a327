import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import {
  chooseEnvironment,
  EXIT,
  formatProblems,
  InputError,
  loadEnvironment,
  workspaceRoot,
} from '@loadlab/foundation';
import { APPROVAL } from './apply-plan';
import { findStack } from './find-stack';
import { s3PlanStore } from './s3-plan-store';
import { terraform } from './terraform';
import { CHANGING, isVerb, PLAN_KEEPING, runVerb, VERBS, type Surroundings } from './verbs';
import { whichAccount } from './which-account';

/** What becomes of plans: `keep` for another job, or `reuse` one that still stands. */
const KEEPING = 'LOADLAB_PLANS';

/** Runs in a stack's folder: `tsx …/main.ts VERB [TERRAFORM FLAG…]`. */
async function main(): Promise<number> {
  const [verb = '', ...flags] = process.argv.slice(2);
  if (!isVerb(verb)) {
    throw new InputError([
      { file: 'nx-cdktf', path: '', message: `unknown verb "${verb}"`, hint: `one of ${VERBS.join(', ')}` },
    ]);
  }
  const environment = chooseEnvironment({ purpose: CHANGING.has(verb) ? 'change' : 'synth', variables: process.env });
  const stack = findStack(process.cwd(), environment);
  if (stack === undefined) {
    process.stdout.write(
      `${path.basename(process.cwd())}: environment "${environment}" has no such stack; nothing to ${verb}\n`,
    );
    return 0;
  }
  const whole = (): ReturnType<typeof loadEnvironment> => loadEnvironment(environment);
  return runVerb(verb, stack, flags, {
    root: workspaceRoot(),
    environment,
    gitCommit: gitCommit(),
    approvedPlans: approvedPlans(),
    now: new Date(),
    useColor: process.stdout.isTTY,
    terraform,
    account: (facts) => whichAccount(facts, whole, process.env),
    store: () => s3PlanStore(whole()),
    tellReason,
    ...planKeeping(),
  });
}

/** One plan or several, with commas or blanks in between. */
function approvedPlans(): string[] | undefined {
  const named = process.env[APPROVAL]?.split(/[\s,]+/).filter((plan) => plan !== '');
  return named === undefined || named.length === 0 ? undefined : named;
}

function planKeeping(): Pick<Surroundings, 'planKeeping'> {
  const word = process.env[KEEPING];
  if (word === undefined || word === '') return {};
  const planKeeping = PLAN_KEEPING.find((candidate) => candidate === word);
  if (planKeeping !== undefined) return { planKeeping };
  throw new InputError([
    {
      file: KEEPING,
      path: '',
      message: `"${word}" is nothing that can be done with plans`,
      hint: PLAN_KEEPING.join(', '),
    },
  ]);
}

function gitCommit(): string | null {
  const { status, stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

/** Why a stack failed, for whoever reports on all of them: a line of JSON in a file. */
function tellReason(reason: string): void {
  const file = process.env.LOADLAB_REASONS;
  if (file !== undefined && file !== '') appendFileSync(file, `${JSON.stringify({ folder: process.cwd(), reason })}\n`);
}

/** Nx makes 1 of every failure; whoever runs it can have the code itself from a file. */
function leave(code: number): void {
  process.exitCode = code;
  const file = process.env.LOADLAB_EXIT_CODES;
  if (file !== undefined && file !== '' && code !== 0) appendFileSync(file, `${code}\n`);
}

main().then(leave, (error: unknown) => {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`${formatProblems(error.problems)}\nNothing was changed.\n`);
  tellReason(error.problems.map(({ message }) => message).join('; '));
  leave(EXIT.badInput);
});
