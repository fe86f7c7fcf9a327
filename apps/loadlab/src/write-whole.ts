import { InputError, writeWhole as writeWholeFile } from '@loadlab/foundation';

/** Writes a file that the user named, whole or not at all. @throws {InputError} when it cannot be written */
export function writeWhole(file: string, text: string): void {
  try {
    writeWholeFile(file, text);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new InputError([{ file, path: '', message: `cannot be written: ${reason}` }]);
  }
}
