import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { formatProblems, InputError, isError } from '@loadlab/foundation';

/** What to print for a failed command: a user's mistake as its problems, a defect as the place of its stack trace. */
export function explainFailure(error: unknown): string {
  if (error instanceof InputError) {
    const errors = error.problems.filter(isError).length;
    return `${formatProblems(error.problems)}\n${errors} ${errors === 1 ? 'problem' : 'problems'}. Nothing was started.\n`;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'loadlab-')), 'crash.log');
  writeFileSync(
    file,
    `${trace}\n\nnode ${process.version} on ${process.platform}-${process.arch}\nloadlab ${process.argv.slice(2).join(' ')}\n`,
  );
  return `loadlab: a defect of LoadLab itself: ${error instanceof Error ? error.message : String(error)}\nThe stack trace is in ${file}; please report it.\n`;
}
