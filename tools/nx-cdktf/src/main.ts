import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { chooseEnvironment, formatProblems, InputError, workspaceRoot } from '@loadlab/foundation';
import { APPROVAL } from './apply-plan';
import { findStack } from './find-stack';
import { terraform } from './terraform';
import { CHANGING, isVerb, runVerb, VERBS } from './verbs';

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
  return runVerb(verb, stack, flags, {
    root: workspaceRoot(),
    environment,
    gitCommit: gitCommit(),
    approvedPlan: process.env[APPROVAL],
    now: new Date(),
    useColor: process.stdout.isTTY,
    terraform,
  });
}

function gitCommit(): string | null {
  const { status, stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    process.stderr.write(`${formatProblems(error.problems)}\nNothing was changed.\n`);
    process.exitCode = 3;
  },
);
