import type { App } from 'cdktf';
import { chooseEnvironment } from '../environment/choose-environment';
import type { Environment } from '../environment/environment';
import { loadEnvironment } from '../environment/load-environment';
import { formatProblems, InputError, isError } from '../problems/problem';
import { labApp } from './lab-app';

/** Exit code of bad input: nothing was started, here nothing was synthesized. */
const BAD_INPUT = 3;

/**
 * What a stack's `main.ts` does: loads the chosen environment, builds the stacks, writes them. Warnings and problems go to standard
 * error, since standard output may be read by a program; a user's mistake ends with exit code 3 and no stack trace.
 */
export function synthesizeLab(build: (app: App, environment: Environment) => void): void {
  try {
    const environment = loadEnvironment(chooseEnvironment({ purpose: 'synth' }));
    if (environment.warnings.length > 0) process.stderr.write(`${formatProblems(environment.warnings)}\n`);
    withCheapStackTraces(() => {
      const app = labApp();
      build(app, environment);
      app.synth();
    });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const count = error.problems.filter(isError).length;
    process.stderr.write(
      `${error.message}\n${count} ${count === 1 ? 'problem' : 'problems'}. Nothing was synthesized.\n`,
    );
    process.exitCode = BAD_INPUT;
  }
}

/**
 * cdktf takes a stack trace for every token, and nobody reads them. Leading them back to TypeScript by source maps takes a twentieth of a
 * synthesis. An error's own trace is put into words only when it is looked at, and then it is led back as always.
 */
function withCheapStackTraces(work: () => void): void {
  const { sourceMapsEnabled } = process;
  process.setSourceMapsEnabled(false);
  try {
    work();
  } finally {
    process.setSourceMapsEnabled(sourceMapsEnabled);
  }
}
