import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '@loadlab/foundation';
import { errorCode } from './error-code';

/** A folder that was seen to be writable and to hold no record. */
export interface OutputFolder {
  readonly path: string;
  /** Removes what opening it created, as long as nothing was written into it. */
  discard(): void;
}

/** `result.json`, and the rounds' `result-2.json` and `direct-2.json`. */
const RECORD_FILE = /^(result|direct)(-\d+)?\.json$/;

/** Creates the folder where it is missing and tries to write into it; touches nothing that was there. */
export function openOutputFolder(path: string): { folder: OutputFolder } | { problem: Problem } {
  const fail = (message: string, hint: string): { problem: Problem } => ({
    problem: { file: `--out ${path}`, path: '', message, hint },
  });
  let created: string | undefined;
  try {
    created = mkdirSync(path, { recursive: true });
    const record = readdirSync(path).find((name) => RECORD_FILE.test(name));
    if (record !== undefined) return fail(`holds a record already: ${record}`, 'choose another folder');
    const trial = join(path, `.loadlab-${process.pid}`);
    writeFileSync(trial, '');
    rmSync(trial);
  } catch (error) {
    removeEmpty(created, path);
    return fail(
      `cannot be written to (${errorCode(error) ?? String(error)})`,
      'choose another folder, or change its rights',
    );
  }
  return { folder: { path, discard: () => removeEmpty(created, path) } };
}

/** `results/2026-11-23T21-30-05-guide`, a name of its own for each run, sorted by time. */
export function defaultOutputFolder(startedAt: Date, scenario: string): string {
  return join('results', `${startedAt.toISOString().slice(0, 19).replaceAll(':', '-')}-${scenario}`);
}

function removeEmpty(created: string | undefined, path: string): void {
  if (created === undefined || readdirSync(path).length > 0) return;
  rmSync(created, { recursive: true });
}
