import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { killMarkedProcesses } from '../supervisor/supervisor';
import { isAlive, processIdentity } from './process-identity';
import { removeReadOnly } from './read-only-copy';

/** Folders of ended runs that stay, for their logs. */
const KEPT_RUNS = 5;
const OWNER = 'owner.json';
const ownerSchema = z.object({ pid: z.number(), started: z.string() });

/** The folder of one run of the lab: a folder a task, each with its logs. */
export interface RunFolder {
  readonly id: string;
  readonly path: string;
  /** Gives the folder up; its logs stay for a while. */
  release(): void;
}

/**
 * Makes a run's folder below `<root>/.loadlab/run`, after clearing up behind runs whose process is dead: their processes, should
 * any have survived, are killed. Runs of living processes are left alone, so several labs can share a folder.
 */
export async function openRunFolder(root: string): Promise<RunFolder> {
  const runs = join(root, '.loadlab', 'run');
  mkdirSync(runs, { recursive: true });
  for (const name of readdirSync(runs)) await clearIfAbandoned(runs, name);
  pruneEnded(runs);

  const id = randomBytes(4).toString('hex');
  const path = join(runs, id);
  const self = processIdentity(process.pid);
  if (self === undefined) throw new Error('this process is not in the list of processes');
  // Complete before it has its name: a folder without an owner is an ended run to everybody else.
  const unborn = join(runs, `.${id}`);
  mkdirSync(unborn);
  writeFileSync(join(unborn, OWNER), JSON.stringify(self));
  renameSync(unborn, path);
  return { id, path, release: () => rmSync(join(path, OWNER), { force: true }) };
}

async function clearIfAbandoned(runs: string, name: string): Promise<void> {
  const owner = readOwner(join(runs, name));
  if (owner === undefined || isAlive(owner)) return;
  await killMarkedProcesses(name.replace(/^\.claimed-/, ''));
  const claimed = claim(runs, name);
  if (claimed === undefined) return;
  for (const task of readdirSync(claimed)) removeWorkFiles(join(claimed, task));
  rmSync(join(claimed, OWNER), { force: true });
  renameSync(claimed, join(runs, name.replace(/^\.(claimed-)?/, '')));
}

/** Removes what a task needed while it ran; its logs stay. */
export function removeWorkFiles(taskFolder: string): void {
  if (!existsSync(taskFolder) || !statSync(taskFolder).isDirectory()) return;
  for (const name of ['volumes', 'home', 'tmp']) removeReadOnly(join(taskFolder, name));
}

function pruneEnded(runs: string): void {
  const ended = readdirSync(runs)
    .filter((name) => !name.startsWith('.') && readOwner(join(runs, name)) === undefined)
    .map((name) => ({ name, changed: statSync(join(runs, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((one, other) => other.changed - one.changed);
  for (const { name } of ended.slice(KEPT_RUNS)) {
    const claimed = claim(runs, name);
    if (claimed !== undefined) removeReadOnly(claimed);
  }
}

/** Takes a folder out of the way of other labs that are clearing up at the same moment; undefined when one of them was first. */
function claim(runs: string, name: string): string | undefined {
  const claimed = join(runs, name.startsWith('.claimed-') ? name : `.claimed-${name}`);
  try {
    renameSync(join(runs, name), claimed);
    return claimed;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function readOwner(folder: string): z.output<typeof ownerSchema> | undefined {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(join(folder, OWNER), 'utf8')));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    (error.code === 'ENOENT' || error.code === 'ENOTDIR')
  );
}
