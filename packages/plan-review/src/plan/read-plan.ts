import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { InputError, type Problem } from '@loadlab/foundation';
import { parsePlan } from './parse-plan';
import type { PlanJson } from './plan-json';

/** One stack's plan, and where it came from. */
export interface StackPlan {
  readonly stack: string;
  readonly file: string;
  readonly plan: PlanJson;
}

/** 5,000 resources make about 60 MB; what is far larger is no plan. */
const MAX_BYTES = 512 * 1024 * 1024;

/**
 * Reads plans named on a command line as `[STACK=]PLAN.json`. The stack is the word before `=`, else what the manifest beside the
 * plan says, else the file's base name.
 * @throws {InputError} with the problems of all files at once
 */
export function readPlans(names: readonly string[]): StackPlan[] {
  const problems: Problem[] = [];
  const plans: StackPlan[] = [];
  for (const name of names) {
    const { stack, file } = splitName(name);
    try {
      plans.push({
        stack: stack ?? stackOfManifest(file) ?? path.basename(file).replace(/\.json$/, ''),
        file,
        plan: parsePlan(file, readBytes(file)),
      });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
    }
  }
  for (const [index, { stack, file }] of plans.entries()) {
    if (plans.findIndex((other) => other.stack === stack) < index)
      problems.push({
        file,
        path: '',
        message: `a second plan of stack "${stack}"`,
        hint: 'name each: STACK=PLAN.json',
      });
  }
  if (problems.length > 0) throw new InputError(problems);
  return plans;
}

function readBytes(file: string): Buffer {
  const fail = (message: string, hint?: string): InputError =>
    new InputError([{ file, path: '', message, ...(hint === undefined ? {} : { hint }) }]);
  try {
    const { size } = statSync(file);
    if (size > MAX_BYTES)
      throw fail(
        `has ${(size / 1024 ** 2).toFixed(0)} MiB; no plan is that large`,
        `at most ${MAX_BYTES / 1024 ** 2} MiB`,
      );
    return readFileSync(file);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw fail('no such file');
    throw fail(code === 'EISDIR' ? 'is a folder, not a file' : `cannot be read: ${String(code)}`);
  }
}

function splitName(name: string): { stack?: string; file: string } {
  const match = /^([A-Za-z0-9][\w.-]*)=(.+)$/.exec(name);
  // A path may hold `=`, too: what exists as it stands is a file.
  return match?.[1] === undefined || match[2] === undefined || existsSync(name)
    ? { file: name }
    : { stack: match[1], file: match[2] };
}

function stackOfManifest(file: string): string | undefined {
  const manifest = path.join(path.dirname(file), 'plan-manifest.json');
  if (!existsSync(manifest)) return undefined;
  try {
    const { stack } = JSON.parse(readFileSync(manifest, 'utf8')) as { stack?: unknown };
    return typeof stack === 'string' ? stack : undefined;
  } catch {
    throw new InputError([
      {
        file: manifest,
        path: '',
        message: 'is not whole JSON',
        hint: 'plan again, or name the stack: STACK=PLAN.json',
      },
    ]);
  }
}
