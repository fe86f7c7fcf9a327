import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { InputError } from '@loadlab/foundation';
import { z } from 'zod';
import { withFileLock } from '../account/file-lock';
import { isAlive, processIdentity } from '../local-fargate/run/process-identity';

const holderSchema = z.object({
  pid: z.number(),
  started: z.string(),
  /** What it does, as it was typed. */
  command: z.string(),
  since: z.string(),
});
type Holder = z.output<typeof holderSchema>;

/**
 * Takes a folder of states for this process. Each rehearsal has a state server of its own, so that two at once in one folder would not
 * meet at each other's locks, and each would write over what the other keeps: the second is refused as S3 would, by the holder's name.
 * A dead holder is none.
 * @returns a function that gives it up
 * @throws {InputError} that names the holder
 */
export async function holdFolder(folder: string, command: string, since: Date): Promise<() => void> {
  const file = join(folder, 'holder.json');
  const self = processIdentity(process.pid);
  if (self === undefined) throw new Error('this process is not in the list of processes');
  mkdirSync(folder, { recursive: true });
  const holder = await withFileLock(`${file}.lock`, () => {
    const other = readHolder(file);
    if (other !== undefined && isAlive(other)) return other;
    writeFileSync(file, JSON.stringify({ ...self, command, since: since.toISOString() } satisfies Holder));
    return undefined;
  });
  if (holder !== undefined)
    throw new InputError([
      {
        file: relative(process.cwd(), folder) || folder,
        path: '',
        message: `is in use by process ${holder.pid} (${holder.command}) since ${holder.since}`,
        hint: 'wait until it has ended',
      },
    ]);
  return () => rmSync(file, { force: true });
}

function readHolder(file: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
