import type * as fileSystem from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256, type FileSet } from '../published-files/content-address';
import { errorCode } from '../error-code';

/** The calls of `node:fs/promises` that publishing makes. */
export type FileSystem = Pick<
  typeof fileSystem,
  'chmod' | 'mkdir' | 'open' | 'readdir' | 'readFile' | 'rename' | 'rm' | 'stat' | 'utimes'
>;

/** What publishing needs from outside. */
export interface Surroundings {
  readonly fileSystem: FileSystem;
  /** Absolute path of the file system's mount. */
  readonly root: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A name that nobody else uses, now or later. */
  readonly uniqueName: () => string;
}

/** Where files lie until they are whole, and folders from when they are given up. Same file system: renames are atomic. */
export const STAGING = '.staging';

/** How often a folder may vanish under our hands (another publisher's garbage collection) before we give up. */
const ATTEMPTS = 3;

/**
 * Makes `/<address>/` hold exactly these files' content, readable by all and writable by none, and marks it as used now.
 * A file appears under its name only when it is whole and on the disk, so a crash at any point leaves either nothing or
 * the truth under each name, and running again completes it. Several at a time do each other no harm.
 * @throws {Error} when a file reads back differently, and whatever the file system throws
 */
export async function publish(files: FileSet, address: string, surroundings: Surroundings): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await publishOnce(files, address, surroundings);
      return;
    } catch (error) {
      if (errorCode(error) !== 'ENOENT' || attempt === ATTEMPTS) throw error;
    }
  }
}

async function publishOnce(files: FileSet, address: string, surroundings: Surroundings): Promise<void> {
  const { fileSystem, root, now } = surroundings;
  const folder = join(root, address);
  await fileSystem.mkdir(join(root, STAGING), { recursive: true, mode: 0o755 });
  await fileSystem.mkdir(folder, { recursive: true, mode: 0o755 });
  for (const [path, bytes] of files) {
    const target = join(folder, path);
    if (await holds(target, bytes, fileSystem)) continue;
    await writeWhole(target, bytes, surroundings);
  }
  // Before the last look: from here on garbage collection sees a folder in use, or we see that it is gone.
  const used = new Date(now());
  await fileSystem.utimes(folder, used, used);
  for (const [path, bytes] of files) {
    const written = await fileSystem.readFile(join(folder, path));
    if (sha256(written) !== sha256(bytes)) {
      throw new Error(
        `/${address}/${path} reads back as ${sha256(written)}, not as the ${sha256(bytes)} that was written`,
      );
    }
  }
}

/** True when the file is there, whole, and read-only. */
async function holds(path: string, bytes: Uint8Array, fileSystem: FileSystem): Promise<boolean> {
  try {
    if (((await fileSystem.stat(path)).mode & 0o777) !== 0o444) return false;
    return sha256(await fileSystem.readFile(path)) === sha256(bytes);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function writeWhole(target: string, bytes: Uint8Array, { fileSystem, root, uniqueName }: Surroundings) {
  const staged = join(root, STAGING, uniqueName());
  const file = await fileSystem.open(staged, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.chmod(0o444);
    await file.sync();
  } finally {
    await file.close();
  }
  await fileSystem.mkdir(dirname(target), { recursive: true, mode: 0o755 });
  await fileSystem.rename(staged, target);
  await syncFolder(dirname(target), fileSystem);
}

/** A rename is on the disk only when its folder is. */
async function syncFolder(path: string, fileSystem: FileSystem): Promise<void> {
  const folder = await fileSystem.open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
