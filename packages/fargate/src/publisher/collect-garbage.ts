import { join } from 'node:path';
import { errorCode } from '../error-code';
import { STAGING, type Surroundings } from './publish';

/** What garbage collection never touches. */
export interface Retention {
  /** Folders published within this many milliseconds stay. */
  readonly youngerThanMs: number;
  /** This many of the last published folders stay, however old. */
  readonly last: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** A rollback, also one by hand to a revision of last quarter, must find its file. */
export const RETENTION: Retention = { youngerThanMs: 90 * DAY_MS, last: 20 };

/** Left in staging by a crash: no publisher lives longer than 15 minutes. */
const STAGED_FOR_GOOD_MS = DAY_MS;

const ADDRESS = /^[0-9a-f]{64}$/;

/**
 * Removes what nobody can still want: published folders beyond the retention (by when they were last published, not
 * first), and what crashes left in staging. Anything else on the file system is left alone.
 * @returns the addresses of the removed folders
 */
export async function collectGarbage(retention: Retention, surroundings: Surroundings): Promise<string[]> {
  const { fileSystem, root, now } = surroundings;
  const entries = (await fileSystem.readdir(root)).filter((name) => ADDRESS.test(name));
  const folders: { address: string; publishedAt: number }[] = [];
  for (const address of entries) {
    const publishedAt = await modifiedAt(join(root, address), surroundings);
    if (publishedAt !== undefined) folders.push({ address, publishedAt });
  }
  folders.sort((one, other) => other.publishedAt - one.publishedAt);

  const removed: string[] = [];
  for (const { address, publishedAt } of folders.slice(retention.last)) {
    if (now() - publishedAt <= retention.youngerThanMs) continue;
    if (await remove(address, retention, surroundings)) removed.push(address);
  }
  await emptyStaging(surroundings);
  return removed;
}

/**
 * Takes the folder away under its name first, all at once, so that no half of it is ever seen there. Somebody may have
 * published it again since we looked: then it goes back, and who published it sees the gap and tries again.
 */
async function remove(address: string, retention: Retention, surroundings: Surroundings): Promise<boolean> {
  const { fileSystem, root, now, uniqueName } = surroundings;
  const folder = join(root, address);
  const discarded = join(root, STAGING, uniqueName());
  try {
    await fileSystem.rename(folder, discarded);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
  const publishedAt = await freshlyModifiedAt(discarded, surroundings);
  if (now() - publishedAt <= retention.youngerThanMs) {
    await putBack(discarded, folder, surroundings);
    return false;
  }
  await fileSystem.rm(discarded, { recursive: true, force: true });
  return true;
}

async function putBack(discarded: string, folder: string, { fileSystem }: Surroundings): Promise<void> {
  try {
    await fileSystem.rename(discarded, folder);
  } catch (error) {
    // Published once more in the meantime: that one is as good.
    if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error;
    await fileSystem.rm(discarded, { recursive: true, force: true });
  }
}

async function emptyStaging(surroundings: Surroundings): Promise<void> {
  const { fileSystem, root, now } = surroundings;
  const staging = join(root, STAGING);
  for (const name of await fileSystem.readdir(staging)) {
    const stagedAt = await modifiedAt(join(staging, name), surroundings);
    if (stagedAt === undefined || now() - stagedAt <= STAGED_FOR_GOOD_MS) continue;
    await fileSystem.rm(join(staging, name), { recursive: true, force: true });
  }
}

async function modifiedAt(path: string, { fileSystem }: Surroundings): Promise<number | undefined> {
  try {
    return (await fileSystem.stat(path)).mtimeMs;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Opening asks the server anew: NFS answers a plain stat from up to a minute ago. */
async function freshlyModifiedAt(path: string, { fileSystem }: Surroundings): Promise<number> {
  const folder = await fileSystem.open(path, 'r');
  try {
    return (await folder.stat()).mtimeMs;
  } finally {
    await folder.close();
  }
}
