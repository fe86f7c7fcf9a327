import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import { InputError, type Problem } from '../problems/problem';

/** No file that people write for LoadLab is near this; a larger one is a mistake, and reading it would only cost memory. */
const MAX_BYTES = 4 * 1024 * 1024;
/** A YAML bomb expands aliases of aliases; honest files use a handful. */
const MAX_ALIASES = 100;
const CHUNK_BYTES = 64 * 1024;
/** After these the rest follows from them, more often than not. */
const MOST_ERRORS = 10;

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
  if (text.trim() === '') throw refusal(file, 'the file is empty');
  const lines = new LineCounter();
  const document = parseYaml(file, text, lines);
  const value = toValue(file, document);
  if (value === null || value === undefined) throw refusal(file, 'the file holds no value (only comments?)');
  return {
    file,
    text,
    value,
    lineOf(path) {
      const offset = offsetOf(document, path);
      return offset === undefined ? undefined : lines.linePos(offset).line;
    },
  };
}

/** Reads a text file with the limits of `readDocument`, or a larger one for what programs write. @throws {InputError} */
export function readText(file: string, maxBytes: number = MAX_BYTES): string {
  const bytes = readBytes(file, maxBytes);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refusal(file, 'is binary, or not UTF-8 text');
  }
  if (text.includes('\0')) throw refusal(file, 'is binary, not text');
  return text;
}

function parseYaml(file: string, text: string, lines: LineCounter): Document.Parsed {
  let document: Document.Parsed;
  try {
    // Merge keys (`<<: *defaults`), since LiteLLM's own YAML reader takes them, too.
    document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false, merge: true });
  } catch (error) {
    throw error instanceof RangeError ? refusal(file, 'nests too deeply') : error;
  }
  if (document.errors.length === 0) return document;
  // The library catches the overflow of its own stack, again and again.
  if (document.errors.some(({ message }) => message.includes('call stack'))) throw refusal(file, 'nests too deeply');
  throw new InputError(
    document.errors.slice(0, MOST_ERRORS).map((error) => ({
      file,
      path: '',
      line: lines.linePos(error.pos[0]).line,
      message:
        error.code === 'MULTIPLE_DOCS'
          ? 'holds several YAML documents (---), not one'
          : `not valid ${file.endsWith('.json') ? 'JSON' : 'YAML'}: ${error.message.replace(/\s+/g, ' ')}`,
    })),
  );
}

function toValue(file: string, document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    // The library's words for too many aliases, and for an alias of nothing.
    if (error instanceof ReferenceError) throw refusal(file, `refused: ${error.message.toLowerCase()} (a YAML bomb?)`);
    throw error instanceof RangeError ? refusal(file, 'nests too deeply') : error;
  }
}

/** Where a path begins: at its key, where it has one. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number | undefined {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0];
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (pair === undefined) return offset;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(part)];
      if (isScalar(node) || isMap(node) || isSeq(node)) offset = node.range?.[0] ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

function readBytes(file: string, maxBytes: number): Buffer {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    throw refusal(file, reasonOf(error));
  }
  try {
    const status = fstatSync(descriptor);
    if (status.isDirectory()) throw refusal(file, 'is a folder, not a file');
    if (status.size > maxBytes) throw tooLarge(file, status.size, maxBytes);
    // Pipes and devices have no size: some never end.
    const chunks: Buffer[] = [];
    let total = 0;
    for (;;) {
      const chunk = Buffer.alloc(CHUNK_BYTES);
      const length = readSync(descriptor, chunk);
      if (length === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, length));
      total += length;
      if (total > maxBytes) throw tooLarge(file, total, maxBytes);
    }
  } catch (error) {
    throw error instanceof InputError ? error : refusal(file, reasonOf(error));
  } finally {
    closeSync(descriptor);
  }
}

function tooLarge(file: string, bytes: number, maxBytes: number): InputError {
  return refusal(file, `has ${(bytes / 1024 ** 2).toFixed(0)} MiB or more`, `at most ${maxBytes / 1024 ** 2} MiB`);
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read (permission denied)';
  return `cannot be read: ${message}`;
}

function refusal(file: string, message: string, hint?: string): InputError {
  const problem: Problem = { file, path: '', message, ...(hint === undefined ? {} : { hint }) };
  return new InputError([problem]);
}
