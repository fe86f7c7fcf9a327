import { InputError, parseDuration } from '@loadlab/foundation';
import { isMap, isNode, isScalar, parseDocument, type Pair } from 'yaml';

/** `--by 4h` or `--until TIME`; exactly one. */
export interface Extension {
  readonly by?: string;
  readonly until?: string;
}

/**
 * The new expiry of an environment: `by` counts from the present one, or from now where that is past or there is none.
 * @returns a time in UTC to the second, as environment.yaml has it
 * @throws {InputError} when not exactly one is given, it is not understood, or lies in the past
 */
export function newExpiry({ by, until }: Extension, present: string | undefined, now: Date): string {
  if ((by === undefined) === (until === undefined)) {
    throw fail('--by, --until', 'exactly one is needed', '--by 4h, or --until 2026-11-24T18:00:00Z');
  }
  if (by !== undefined) {
    const seconds = parseDuration(by);
    if (seconds === undefined || seconds <= 0) throw fail('--by', `"${by}" is no duration`, 'such as 90m, 4h or 36h');
    const start = Math.max(now.getTime(), present === undefined ? 0 : Date.parse(present));
    return inUtc(new Date(start + seconds * 1000));
  }
  const time = absolute(until ?? '');
  if (time === undefined) {
    throw fail('--until', `"${until ?? ''}" is no absolute time with its zone`, 'such as 2026-11-24T18:00:00Z');
  }
  if (time <= now) throw fail('--until', `${inUtc(time)} is past`, `it is ${inUtc(now)}`);
  return inUtc(time);
}

/** Puts an expiry into the text of an environment.yaml: one line changes, and every comment and blank stays as it is. */
export function withExpiry(text: string, expiry: string): string {
  const { contents } = parseDocument(text);
  if (!isMap(contents)) throw new Error('an environment.yaml that was read as a table is none');
  const pairOf = (name: string): Pair | undefined =>
    contents.items.find(({ key }) => isScalar(key) && key.value === name);
  const [start, end] = rangeOf(pairOf('expiresAt')) ?? [];
  if (start !== undefined && end !== undefined) return text.slice(0, start) + expiry + text.slice(end);
  if (contents.flow === true) {
    const inside = contents.range[0] + 1;
    return `${text.slice(0, inside)} expiresAt: ${expiry},${text.slice(inside)}`;
  }
  // Below whom it belongs to, else below where it is: both are single words.
  const [, above = 0] = rangeOf(pairOf('owner')) ?? rangeOf(pairOf('region')) ?? [];
  const lineEnd = text.indexOf('\n', above);
  const [before, after] = lineEnd === -1 ? [`${text}\n`, ''] : [text.slice(0, lineEnd + 1), text.slice(lineEnd + 1)];
  return `${before}expiresAt: ${expiry}\n${after}`;
}

/** Where a pair's value stands in the text. */
function rangeOf(pair: Pair | undefined): readonly [number, number] | undefined {
  if (pair === undefined || !isNode(pair.value) || !pair.value.range) return undefined;
  return [pair.value.range[0], pair.value.range[1]];
}

function absolute(text: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

function inUtc(time: Date): string {
  return time.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

function fail(file: string, message: string, hint: string): InputError {
  return new InputError([{ file, path: '', message, hint }]);
}
