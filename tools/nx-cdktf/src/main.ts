import path from 'node:path';
import { chooseEnvironment, formatProblems, InputError } from '@loadlab/foundation';
import { findStack } from './find-stack';
import { terraform } from './terraform';
import { isVerb, runVerb, VERBS } from './verbs';

/** Runs in a stack's folder: `tsx …/main.ts plan|deploy|destroy|outputs [TERRAFORM FLAG…]`. */
async function main(): Promise<number> {
  const [verb = '', ...flags] = process.argv.slice(2);
  if (!isVerb(verb))
    throw new InputError([
      { file: 'nx-cdktf', path: '', message: `unknown verb "${verb}"`, hint: `one of ${VERBS.join(', ')}` },
    ]);
  const environment = chooseEnvironment({
    purpose: verb === 'deploy' || verb === 'destroy' ? 'change' : 'synth',
    variables: process.env,
  });
  const stack = findStack(process.cwd(), environment);
  if (stack === undefined) {
    process.stdout.write(
      `${path.basename(process.cwd())}: environment "${environment}" has no such stack; nothing to ${verb}\n`,
    );
    return 0;
  }
  return runVerb(verb, stack, flags, terraform);
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    process.stderr.write(`${formatProblems(error.problems)}\nNothing was changed.\n`);
    process.exitCode = 3;
  },
);
