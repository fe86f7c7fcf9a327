import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { InputError, type Problem } from '../problems/problem';

/** No file that people write for LoadLab is near this; a larger one is a mistake, and reading it would only cost memory. */
const MAX_BYTES = 4 * 1024 * 1024;
/** A YAML bomb expands aliases of aliases; honest files use a handful. */
const MAX_ALIASES = 100;

/** A parsed YAML or JSON file that can say on which line a path stands. */
export interface SourceDocument {
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
  /** The line of a path in the document, counted from 1; of the nearest parent where the path itself is missing. */
  lineOf(path: readonly PropertyKey[]): number | undefined;
}

/**
 * Reads a YAML or JSON file of at most 4 MiB.
 * @throws {InputError} when it is missing, unreadable, a folder, too large, binary, empty, not YAML, or a YAML bomb
 */
export function readDocument(file: string): SourceDocument {
  return parseSource(file, readText(file));
}

/** Parses YAML or JSON text; `file` only names it in problems. @throws {InputError} as `readDocument` */
export function parseSource(file: string, text: string): SourceDocument {
  if (text.trim() === '') throw fail(file, 'the file is empty');
  const lines = new LineCounter();
  let document: Document.Parsed;
  let value: unknown;
  try {
    document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
    if (document.errors.length > 0) {
      throw new InputError(
        document.errors.map((error) => ({
          file,
          path: '',
          line: lines.linePos(error.pos[0]).line,
          message: `not valid YAML: ${error.message.replace(/\s+/g, ' ')}`,
        })),
      );
    }
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw fail(
      file,
      error instanceof ReferenceError
        ? `refused: ${error.message.toLowerCase()} (a YAML bomb?)`
        : `not valid YAML: ${String(error)}`,
    );
  }
  if (value === null || value === undefined) throw fail(file, 'the file holds no value (only comments?)');
  return {
    file,
    text,
    value,
    lineOf(path) {
      for (let length = path.length; length >= 0; length--) {
        const node = document.getIn(path.slice(0, length), true);
        if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
      }
      return undefined;
    },
  };
}

/** Reads a text file with the limits of `readDocument`, or a larger one for what programs write. @throws {InputError} */
export function readText(file: string, maxBytes: number = MAX_BYTES): string {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    throw fail(file, reasonOf(error));
  }
  try {
    const status = fstatSync(descriptor);
    if (status.isDirectory()) throw fail(file, 'is a folder, not a file');
    if (status.size > maxBytes)
      throw fail(file, `has ${(status.size / 1024 ** 2).toFixed(0)} MiB`, `at most ${maxBytes / 1024 ** 2} MiB`);
    const bytes = readFileSync(descriptor);
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      if (text.includes('\0')) throw fail(file, 'is binary, not text');
      return text;
    } catch (error) {
      throw error instanceof InputError ? error : fail(file, 'is binary, or not UTF-8 text');
    }
  } finally {
    closeSync(descriptor);
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EACCES') return 'may not be read (permission denied)';
  return `cannot be read: ${(error as Error).message}`;
}

function fail(file: string, message: string, hint?: string): InputError {
  const problem: Problem = { file, path: '', message, ...(hint === undefined ? {} : { hint }) };
  return new InputError([problem]);
}
