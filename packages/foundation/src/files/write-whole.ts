import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** Writes a file under a temporary name beside it, then renames it, so that it is there whole or not at all. @throws {Error} as Node does; nothing is left behind then */
export function writeWhole(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.partial`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
