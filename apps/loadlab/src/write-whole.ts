import { renameSync, writeFileSync } from 'node:fs';
import { InputError } from '@loadlab/foundation';

/** Writes a file by a temporary name, so that it is there whole or not at all. @throws {InputError} when it cannot be written */
export function writeWhole(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } catch (error) {
    throw new InputError([
      { file, path: '', message: `cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}` },
    ]);
  }
}
