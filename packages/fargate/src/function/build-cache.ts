import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCode } from '../error-code';

/**
 * Keeps what synthesis builds from one run to the next, in `node_modules/.cache/loadlab`. Purely to save time: what is
 * kept under a key is what would be built, and everything works with the folder deleted.
 */
export class BuildCache {
  readonly #folder: string;
  /** What is installed, as npm wrote it down. Part of every key: a new esbuild or SDK builds everything anew. */
  readonly #installed: string;

  constructor(workspaceRoot: string) {
    const lock = join(workspaceRoot, 'node_modules', '.package-lock.json');
    this.#installed = existsSync(lock) ? digest(readFileSync(lock)) : randomUUID();
    this.#folder = writableFolder(join(workspaceRoot, 'node_modules', '.cache', 'loadlab'));
  }

  /** The key of what these ingredients make. */
  key(ingredients: unknown): string {
    return digest(JSON.stringify([this.#installed, ingredients]));
  }

  /** What is kept under a key and name, or undefined. */
  read(key: string, name: string): Buffer | undefined {
    const path = join(this.#folder, key, name);
    return existsSync(path) ? readFileSync(path) : undefined;
  }

  /** Keeps it, and @returns the file's absolute path. Readers never see a half-written file. */
  write(key: string, name: string, content: Uint8Array | string): string {
    const path = join(this.#folder, key, name);
    mkdirSync(join(this.#folder, key), { recursive: true });
    const unfinished = `${path}.${randomUUID()}`;
    writeFileSync(unfinished, content);
    renameSync(unfinished, path);
    return path;
  }

  /** Where {@link write} puts it. */
  path(key: string, name: string): string {
    return join(this.#folder, key, name);
  }
}

/** A checkout may be read-only: then nothing is kept beyond this process. */
function writableFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true });
    return path;
  } catch (error) {
    if (errorCode(error) === 'EACCES' || errorCode(error) === 'EROFS') {
      return mkdtempSync(join(tmpdir(), 'loadlab-'));
    }
    throw error;
  }
}

function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
