import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { RunRecord } from './record-schema';

/** The record with its checksum. */
export function seal(record: Omit<RunRecord, 'sha256'>): RunRecord {
  const { schema, id, ...rest } = record;
  return { schema, id, sha256: checksum(record), ...rest };
}

/** True when nothing in the record was changed since it was sealed. */
export function isIntact({ sha256, ...everythingElse }: RunRecord): boolean {
  return sha256 === checksum(everythingElse);
}

/** SHA-256 of the canonical JSON (RFC 8785) of all but the checksum itself. */
function checksum(everythingElse: Omit<RunRecord, 'sha256'>): string {
  const text = canonicalize(everythingElse);
  if (text === undefined) throw new Error('a record is not representable as JSON');
  return createHash('sha256').update(text).digest('hex');
}
