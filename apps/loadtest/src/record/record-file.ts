import { checkSchema, InputError, type Problem, readText, type SourceDocument, writeWhole } from '@loadlab/foundation';
import { decodeDistribution } from './distribution';
import { RECORD_SCHEMA, recordSchema, type RunRecord } from './record-schema';
import { isIntact } from './seal';

/** An hour of seconds with a histogram each has about 2 MiB. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads a record and holds it against its schema and its checksum.
 * @throws {InputError} when the file is missing, is no record, has a newer schema, is damaged, or was edited
 */
export function readRecord(file: string): RunRecord {
  const text = readText(file, MAX_BYTES);
  const { record, problems } = checkRecord({ file, text, value: parseJson(file, text), lineOf: () => undefined });
  if (record === undefined || problems.length > 0) throw new InputError(problems);
  return record;
}

/** As `readRecord`, for a document that has been read already. */
export function checkRecord(document: SourceDocument): { record?: RunRecord; problems: readonly Problem[] } {
  const { file, value } = document;
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (schema !== RECORD_SCHEMA) {
    const message = schema === undefined ? 'is not a record' : `has the schema ${JSON.stringify(schema)}`;
    return { problems: [{ file, path: 'schema', message, hint: `a record of this version says "${RECORD_SCHEMA}"` }] };
  }
  const { value: record, problems } = checkSchema(document, recordSchema);
  if (record === undefined) return { problems };
  const intact = isIntact(record);
  return {
    record,
    problems: intact
      ? unreadableHistograms(file, record)
      : [
          {
            file,
            path: 'sha256',
            message: 'the record was changed after it was written',
            hint: 'take the original file',
          },
        ],
  };
}

/**
 * Writes a record under a temporary name and renames it, so that a file of this name is always whole.
 * @throws {Error} when the record does not follow its own schema, which is a defect of ours
 */
export function writeRecord(file: string, record: RunRecord): void {
  const { error } = recordSchema.safeParse(record);
  if (error !== undefined) throw new Error(`a record does not follow its schema: ${error.message}`);
  writeWhole(file, `${JSON.stringify(record, null, 1)}\n`);
}

/** A checksum proves that nothing was changed since, not that what was written makes sense. */
function unreadableHistograms(file: string, record: RunRecord): Problem[] {
  const { latency, serviceTime, failedLatency, overhead } = record;
  return Object.entries({ latency, serviceTime, failedLatency, header: overhead?.header, queueing: overhead?.queueing })
    .filter(([, section]) => section !== undefined && !isReadable(section.histogram))
    .map(([path]) => ({ file, path: `${path}.histogram`, message: 'is not an HDR histogram' }));
}

function isReadable(histogram: string): boolean {
  try {
    decodeDistribution(histogram);
    return true;
  } catch {
    return false;
  }
}

function parseJson(file: string, text: string): unknown {
  if (text.trim() === '') throw new InputError([{ file, path: '', message: 'the file is empty' }]);
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError([{ file, path: '', message: `is not JSON: ${reason.slice(0, 120)}` }]);
  }
}
