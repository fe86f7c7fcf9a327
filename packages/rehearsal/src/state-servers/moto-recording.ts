import { z } from 'zod';

const entrySchema = z.looseObject({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
});
type Entry = z.output<typeof entrySchema>;

/**
 * Shortens a recording of moto's (one request a line) to what its replay needs: reads change nothing, and of an object
 * only what came after its last deletion, or from its last unconditional writing on. Without this it would grow for ever.
 */
export function compactRecording(text: string): string {
  const entries = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ line, entry: entrySchema.parse(JSON.parse(line)) }))
    .filter(({ entry }) => !['GET', 'HEAD'].includes(entry.method));
  const settled = new Set<string>();
  const kept: string[] = [];
  // Backwards, so that the first decisive request of an object that is met is the last one that was made.
  for (const { line, entry } of entries.toReversed()) {
    const key = objectOf(entry);
    if (key === undefined || !settled.has(key)) kept.push(line);
    if (key !== undefined && isDecisive(entry)) settled.add(key);
  }
  return kept
    .toReversed()
    .map((line) => `${line}\n`)
    .join('');
}

/** Bucket and key of a request about one object; undefined for one about a bucket or about settings. */
function objectOf({ url }: Entry): string | undefined {
  const { pathname, search } = new URL(url);
  const [, bucket = '', ...key] = pathname.split('/');
  return search === '' && bucket !== '' && key.join('/') !== '' ? pathname : undefined;
}

function isDecisive({ method, headers }: Entry): boolean {
  const conditional = Object.keys(headers).some((name) => ['if-none-match', 'if-match'].includes(name.toLowerCase()));
  return method === 'DELETE' || (method === 'PUT' && !conditional);
}
