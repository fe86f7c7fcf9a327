import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Written anew with `LOADLAB_UPDATE_GOLDEN=1`; whoever does so reads the difference. */
const isUpdate = process.env.LOADLAB_UPDATE_GOLDEN === '1';

/** Holds a text against a committed file. */
export function expectGolden(file: string, text: string): void {
  if (isUpdate) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(existsSync(file)).toBe(true);
  expect(text).toBe(readFileSync(file, 'utf8'));
}
