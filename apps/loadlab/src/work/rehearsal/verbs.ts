import path from 'node:path';
import { didYouMean, EXIT, InputError, workspaceRoot, type Environment } from '@loadlab/foundation';
import type { RunSettings } from '@loadlab/rehearsal';
import { onInterruption } from '../../interruption';
import { requireReachableFaults } from './check-faults';
import { planStacks } from './plan-stacks';
import { runCdktf } from './run-cdktf';
import { withRehearsal, type Rehearsal, type RehearsalOptions } from './rehearsal';
import { synthesizedStacks, type StackFolder } from './synthesized-stacks';

/** What can be done with an environment on the offline AWS. */
export const REHEARSED = ['deploy', 'plan', 'destroy'] as const;
export type Rehearsed = (typeof REHEARSED)[number];

const INTERRUPTED =
  'stopping: Terraform finishes what it has begun and gives its lock back. Again to kill it: then its lock stays.';

/**
 * Deploys, plans or destroys stacks of an environment (by their names without it; all when none is named) on the offline AWS, with
 * the real Terraform and the real backend.
 * @returns the exit code: 2 when a plan has changes
 * @throws {InputError} for a stack that the environment does not have
 */
export async function rehearse(
  verb: Rehearsed,
  environment: Environment,
  names: readonly string[],
  options: RehearsalOptions,
): Promise<number> {
  return interruptible((signal) =>
    withRehearsal(environment, options, async (rehearsal) => {
      if (verb !== 'plan') return synthesizeAndRun(rehearsal, verb, names, { signal });
      const stacks = await synthesize(rehearsal, names, { signal });
      return stacks === undefined ? EXIT.badInput : planStacks(rehearsal, stacks.chosen, stacks.all, signal);
    }),
  );
}

/** Synthesizes the stacks and deploys, or destroys, those that are named; all when none is. @returns the exit code */
export async function synthesizeAndRun(
  rehearsal: Rehearsal,
  verb: 'deploy' | 'destroy',
  names: readonly string[],
  settings: RunSettings,
): Promise<number> {
  const stacks = await synthesize(rehearsal, names, settings);
  if (stacks === undefined) return EXIT.badInput;
  return runCdktf(rehearsal, verb, names.length === 0 ? [] : stacks.chosen.map(({ id }) => id), settings);
}

/** @returns all stacks, and those that are named; undefined when they cannot be synthesized, which their program has said */
async function synthesize(
  rehearsal: Rehearsal,
  names: readonly string[],
  settings: RunSettings,
): Promise<{ readonly all: readonly StackFolder[]; readonly chosen: readonly StackFolder[] } | undefined> {
  if ((await rehearsal.run('tsx', ['main.ts'], settings)) !== 0) return undefined;
  const all = synthesizedStacks(path.join(workspaceRoot(), 'cdktf.out'));
  const stacks = chosen(all, rehearsal.environment.name, names);
  requireReachableFaults(rehearsal.faults, stacks);
  return { all, chosen: stacks };
}

/** Runs any terraform or cdktf command against the offline AWS, in the current folder. */
export async function rehearseCommand(
  environment: Environment,
  [command = '', ...args]: readonly string[],
  options: RehearsalOptions,
): Promise<number> {
  const folder = process.cwd();
  if (command !== 'cdktf')
    return withRehearsal(environment, options, (rehearsal) => rehearsal.run(command, args, { folder }));
  // On a Ctrl-C of its own it would kill its Terraform.
  return interruptible((signal) =>
    withRehearsal(environment, options, (rehearsal) => rehearsal.run(command, args, { folder, signal })),
  );
}

/** Lets a Ctrl-C end the work in good order. */
export async function interruptible(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const { signal, release } = onInterruption(INTERRUPTED);
  try {
    const exitCode = await work(signal);
    return signal.aborted ? EXIT.interrupted : exitCode;
  } catch (error) {
    if (!signal.aborted || error instanceof InputError) throw error;
    return EXIT.interrupted;
  } finally {
    release();
  }
}

function chosen(stacks: readonly StackFolder[], environment: string, names: readonly string[]): StackFolder[] {
  const known = stacks.map(({ id }) => id.slice(0, -environment.length - 1));
  const problems = names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const likely = didYouMean(name, known);
      return {
        file: 'loadlab rehearse',
        path: name,
        message: `is no stack of environment "${environment}"`,
        hint: `${likely === undefined ? '' : `did you mean "${likely}"? `}${known.join(', ')}`,
      };
    });
  if (problems.length > 0) throw new InputError(problems);
  return stacks.filter((_, index) => names.length === 0 || names.includes(known[index] ?? ''));
}
