import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../problems/problem';
import { parseSource, readDocument, readText } from './read-document';

/** The messages of what a step throws. */
function refusals(step: () => unknown): string[] {
  try {
    step();
  } catch (error) {
    if (error instanceof InputError)
      return error.problems.map(({ line, message }) => (line ? `${line}: ${message}` : message));
    throw error;
  }
  return [];
}

describe('a file that is no document', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'documents-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const holding = (content: string | Buffer): string => {
    const file = join(folder, 'file.yaml');
    writeFileSync(file, content);
    return file;
  };

  it.each([
    ['missing', () => join(folder, 'none.yaml'), ['no such file']],
    ['below a file', () => join(holding('a: 1'), 'x.yaml'), ['no such file']],
    ['a folder', () => folder, ['is a folder, not a file']],
    ['too large', () => holding('#'.repeat(5 * 1024 ** 2)), ['has 5 MiB or more']],
    ['endless', () => '/dev/zero', ['has 4 MiB or more']],
    ['binary', () => holding(Buffer.from([0x89, 0x50, 0xff, 0xfe])), ['is binary, or not UTF-8 text']],
    ['text with a zero', () => holding('a: 1\0'), ['is binary, not text']],
    ['in UTF-16', () => holding(Buffer.from('﻿a: 1', 'utf16le')), ['is binary, or not UTF-8 text']],
    ['empty', () => holding('  \n\n'), ['the file is empty']],
    ['only comments', () => holding('# nothing\n'), ['the file holds no value (only comments?)']],
    ['several documents', () => holding('a: 1\n---\nb: 2\n'), ['2: holds several YAML documents (---), not one']],
    ['a key twice', () => holding('a: 1\nb: 2\na: 3\n'), ['3: not valid YAML: Map keys must be unique']],
  ])('is refused: %s', (_what, file, messages) => {
    expect(refusals(() => readDocument(file()))).toEqual(messages);
  });

  it('may be larger where a program wrote it', () => {
    const file = holding('#'.repeat(5 * 1024 ** 2));
    expect(readText(file, 8 * 1024 ** 2)).toHaveLength(5 * 1024 ** 2);
  });

  it('is read without its byte order mark', () => {
    expect(readText(holding('﻿a: 1'))).toBe('a: 1');
  });
});

describe('YAML that is meant to do harm', () => {
  it('is refused when it unfolds to billions of words', () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const parts = Array.from({ length: 9 }, () => (level === 0 ? 'x' : `*a${level - 1}`)).join(', ');
      return `a${level}: &a${level} [${parts}]`;
    });
    expect(refusals(() => parseSource('bomb.yaml', levels.join('\n')))[0]).toMatch(/^refused: .* \(a YAML bomb\?\)$/);
  });

  it('is refused when it nests without end', () => {
    expect(refusals(() => parseSource('deep.yaml', '['.repeat(50_000)))).toEqual(['nests too deeply']);
  });

  it('makes no object with another prototype', () => {
    const { value } = parseSource('proto.yaml', '__proto__: { polluted: true }\n');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

describe('a document', () => {
  const text = `name: lab
list:
  - one
  - key: two
    other: &anchor
      deep: 3
again: *anchor
merged:
  <<: *anchor
  own: 4
`;
  const document = parseSource('x.yaml', text);

  it('is read with aliases and merged keys', () => {
    expect(document.value).toMatchObject({ again: { deep: 3 }, merged: { deep: 3, own: 4 } });
  });

  it.each([
    [[], 1],
    [['name'], 1],
    [['list'], 2],
    [['list', 0], 3],
    [['list', 1, 'key'], 4],
    [['list', 1, 'other', 'deep'], 6],
    [['again', 'deep'], 6],
    [['list', 1, 'missing'], 4],
    [['missing'], 1],
  ])('knows the line of %j: %i', (path, line) => {
    expect(document.lineOf(path)).toBe(line);
  });

  it('may be JSON as well', () => {
    expect(parseSource('x.json', '{"a": [1, 2]}').value).toEqual({ a: [1, 2] });
  });
});
