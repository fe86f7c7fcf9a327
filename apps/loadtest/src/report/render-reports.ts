import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '@loadlab/foundation';
import { type FiledRecord, mergeRecords } from '../record/merge-records';
import { readRecord, writeRecord } from '../record/record-file';
import { errorCode } from '../run/error-code';
import { writeReports } from './write-reports';

/** What several records together are called: never a name that a run gives, so that no record is overwritten. */
const MERGED_FILE = 'merged.json';

/**
 * Writes the pages of records again. Records of the same scenario are added up exactly, as rounds of one run; with several
 * scenarios, each has its pages in a folder of its own, named after it.
 * @param files the records
 * @param out the folder for the pages; beside the record when there is only one, and needed otherwise
 * @returns the files that were written
 * @throws {InputError} when a record cannot be read, or two of one scenario are not of the same load, saying what differs
 */
export function renderReports(files: readonly string[], out?: string): string[] {
  const records = readAll(files);
  const byScenario = groupByScenario(records);
  const [only] = records;
  if (records.length === 1 && only !== undefined) {
    const folder = out ?? dirname(only.file);
    return inFolder(folder, () => writeReports(only.record, folder));
  }
  if (out === undefined)
    throw new InputError([
      { file: '--out', path: '', message: 'is needed with several records', hint: 'a folder for their pages' },
    ]);
  const merged = [...byScenario].map(([scenario, members]) => ({
    scenario,
    record: mergeRecords(members, randomUUID()),
  }));
  return merged.flatMap(({ scenario, record }) => {
    const folder = byScenario.size > 1 ? join(out, scenario) : out;
    return inFolder(folder, () => {
      writeRecord(join(folder, MERGED_FILE), record);
      return [MERGED_FILE, ...writeReports(record, folder)];
    });
  });
}

/** All problems of all files, not only of the first. */
function readAll(files: readonly string[]): FiledRecord[] {
  const read = files.map((file) => {
    try {
      return { file, record: readRecord(file) };
    } catch (error) {
      if (error instanceof InputError) return error;
      throw error;
    }
  });
  const problems = read.flatMap((result) => (result instanceof InputError ? result.problems : []));
  if (problems.length > 0) throw new InputError(problems);
  return read.filter((result): result is FiledRecord => !(result instanceof InputError));
}

function groupByScenario(records: readonly FiledRecord[]): Map<string, FiledRecord[]> {
  const groups = new Map<string, FiledRecord[]>();
  for (const filed of records) {
    const { name } = filed.record.scenario;
    groups.set(name, [...(groups.get(name) ?? []), filed]);
  }
  return groups;
}

function inFolder(folder: string, write: () => string[]): string[] {
  try {
    mkdirSync(folder, { recursive: true });
    return write().map((name) => join(folder, name));
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    const message = `cannot be written to (${code})`;
    throw new InputError([{ file: `--out ${folder}`, path: '', message, hint: 'choose another folder' }]);
  }
}
