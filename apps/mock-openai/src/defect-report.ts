import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Writes the stack trace of a defect of ours to a file. @returns what to tell the user */
export function reportDefect(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const summary = `mock-openai: a defect of its own, please report it: ${text.split('\n')[0] ?? ''}`;
  try {
    const file = join(mkdtempSync(join(tmpdir(), 'mock-openai-')), 'defect.txt');
    writeFileSync(file, `${text}\n`);
    return `${summary}\nThe stack trace is in ${file}`;
  } catch {
    // A container's file system is read-only: its log is where the trace is found.
    return `${summary}\n${text}`;
  }
}
