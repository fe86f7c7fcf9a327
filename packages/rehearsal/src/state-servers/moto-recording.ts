import { z } from 'zod';

const entrySchema = z.looseObject({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
});
type Entry = z.output<typeof entrySchema>;

/**
 * Shortens a recording of moto's (one request a line) to what its replay needs: reads change nothing, of an object only what came after
 * its last deletion, or from its last unconditional writing on, counts, and what asks to be the first is so once. Without this it would
 * grow for ever.
 */
export function compactRecording(text: string): string {
  const entries = text
    .split('\n')
    .flatMap((line) => {
      const entry = entryOf(line);
      return entry === undefined ? [] : [{ line, entry }];
    })
    .filter(({ entry }) => !['GET', 'HEAD'].includes(entry.method) && placeOf(entry).bucket !== '');
  const settled = new Set<string>();
  const since: typeof entries = [];
  // Backwards, so that the first decisive request of an object that is met is the last one that was made.
  for (const recorded of entries.toReversed()) {
    const { object } = placeOf(recorded.entry);
    if (object === undefined || !settled.has(object)) since.push(recorded);
    if (object !== undefined && isDecisive(recorded.entry)) settled.add(object);
  }
  const there = new Set<string>();
  return since
    .toReversed()
    .filter(({ entry }) => {
      const { bucket, object = bucket, isSetting } = placeOf(entry);
      if (entry.method !== 'PUT' || isSetting) return true;
      const comesTooLate = there.has(object) && wantsToBeFirst(entry);
      there.add(object);
      return !comesTooLate;
    })
    .map(({ line }) => `${line}\n`)
    .join('');
}

/** Undefined for a line that was not written to its end: its request was not answered either. */
function entryOf(line: string): Entry | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** What a request is about. */
interface Place {
  /** Empty for what is not S3's. */
  readonly bucket: string;
  /** With its bucket; undefined for what is about a bucket, or about settings. */
  readonly object: string | undefined;
  readonly isSetting: boolean;
}

/** Terraform names the bucket in the host, and says in the query once more what it does; `createBucket` has the bucket in the path. */
function placeOf({ url }: Entry): Place {
  const { hostname, pathname, searchParams } = new URL(url);
  const ofHost = /^(.+)\.s3\.amazonaws\.com$/.exec(hostname)?.[1];
  const [, ofPath = '', ...below] = pathname.split('/');
  const bucket = ofHost ?? ofPath;
  const key = ofHost === undefined ? below.join('/') : pathname.slice(1);
  const isSetting = [...searchParams.keys()].some((name) => name !== 'x-id');
  return { bucket, object: isSetting || key === '' ? undefined : `${bucket}/${key}`, isSetting };
}

function isDecisive({ method, headers }: Entry): boolean {
  return method === 'DELETE' || (method === 'PUT' && !hasHeader(headers, 'if-none-match', 'if-match'));
}

/** Of an object, by its condition; of a bucket, always. */
function wantsToBeFirst(entry: Entry): boolean {
  return placeOf(entry).object === undefined || hasHeader(entry.headers, 'if-none-match');
}

function hasHeader(headers: Entry['headers'], ...names: readonly string[]): boolean {
  return Object.keys(headers).some((name) => names.includes(name.toLowerCase()));
}
