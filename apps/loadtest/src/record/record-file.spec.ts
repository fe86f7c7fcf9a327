import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { syntheticRecord } from '../../test/report/synthetic-run';
import { readRecord, writeRecord } from './record-file';
import type { RunRecord } from './record-schema';
import { seal } from './seal';

const folder = mkdtempSync(join(tmpdir(), 'loadlab-record-'));
afterAll(() => rmSync(folder, { recursive: true }));
const record = syntheticRecord(1);
const written = (content: unknown): string => {
  const file = join(folder, 'result.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};
const resealed = (change: object): RunRecord => {
  const { sha256: _, ...rest } = record;
  return seal({ ...rest, ...change });
};

describe('a record file', () => {
  it('comes back as it was written, and leaves no temporary file', () => {
    const file = join(folder, 'result.json');
    writeRecord(file, record);
    expect(readRecord(file)).toEqual(record);
    expect(readdirSync(folder)).toEqual(['result.json']);
  });

  it('is refused in writing when it does not follow its schema', () => {
    expect(() => writeRecord(join(folder, 'bad.json'), { ...record, errorRate: 7 })).toThrow(
      /does not follow its schema/,
    );
  });

  it('leaves nothing behind when it cannot be written', () => {
    expect(() => writeRecord(join(folder, 'no', 'such', 'folder.json'), record)).toThrow(/ENOENT/);
    expect(readdirSync(folder)).toEqual(['result.json']);
  });

  it.each([
    ['an empty file', '', /the file is empty/],
    ['no JSON', '{"schema": ', /is not JSON/],
    ['another document', { name: 'guide' }, /schema\s+is not a record/],
    ['a newer schema', { ...record, schema: 'loadlab.run/v9' }, /has the schema "loadlab.run\/v9"/],
    ['an edited figure', { ...record, latency: { ...record.latency, p99: 1 } }, /sha256\s+the record was changed/],
    ['a missing section', resealed({ counts: undefined }), /counts/],
    ['an unknown key', resealed({ colour: 'red' }), /colour\s+unknown key/],
    [
      'a broken histogram',
      resealed({ latency: { ...record.latency, histogram: 'HISTFAAAbroken' } }),
      /latency\.histogram\s+is not an HDR histogram/,
    ],
  ])('is refused in reading: %s', (_, content, expected) => {
    expect(() => readRecord(written(content))).toThrow(expected);
  });
});
