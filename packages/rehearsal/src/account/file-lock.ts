import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Between tries: holders keep the lock for a few milliseconds. */
const PAUSE_MS = 4;
/** Breaking a dead process's lock takes microseconds; a breaker that is this old died while doing so. */
const BREAKER_LIFE_MS = 2_000;

/**
 * Runs `work` while holding a lock file that names its owner. Waits for a living owner, takes over from a dead one.
 * Others stand in line until `work` is done.
 */
export async function withFileLock<T>(file: string, work: () => T | Promise<T>): Promise<T> {
  while (!take(file)) if (!breakDeadLock(file)) await sleep(PAUSE_MS);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** A link appears whole, with the owner's name in it; a file that is created and then written could be left empty. */
function take(file: string): boolean {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Removes the lock of a dead process. Only one process at a time may do so: without the breaker, two could find the same
 * dead owner, and the slower one would remove the lock that the faster one has just taken.
 */
function breakDeadLock(file: string): boolean {
  if (!isDead(ownerOf(file))) return false;
  const breaker = `${file}.breaker`;
  if (!take(breaker)) {
    const age = statSync(breaker, { throwIfNoEntry: false })?.mtimeMs;
    if (age !== undefined && Date.now() - age > BREAKER_LIFE_MS) rmSync(breaker, { force: true });
    return false;
  }
  try {
    if (isDead(ownerOf(file))) rmSync(file, { force: true });
    return true;
  } finally {
    rmSync(breaker, { force: true });
  }
}

function ownerOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isDead(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return hasCode(error, 'ESRCH');
  }
}

function hasCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code;
}
