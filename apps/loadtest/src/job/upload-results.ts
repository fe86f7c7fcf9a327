import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/** A place for files. */
export interface ResultStore {
  put(key: string, body: Uint8Array, contentType: string): Promise<void>;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.xml': 'application/xml',
};

/** The file that says that all others are there: whoever waits for a run waits for it. */
const LAST = 'result.json';

/**
 * Puts a folder's files into the store, `result.json` last.
 * @returns their keys, in that order
 */
export async function uploadResults(folder: string, prefix: string, store: ResultStore): Promise<string[]> {
  const names = readdirSync(folder).sort(
    (one, other) => Number(one === LAST) - Number(other === LAST) || (one < other ? -1 : 1),
  );
  const keys: string[] = [];
  for (const name of names) {
    const key = `${prefix}/${name}`;
    await store.put(key, readFileSync(join(folder, name)), CONTENT_TYPES[extname(name)] ?? 'application/octet-stream');
    keys.push(key);
  }
  return keys;
}
