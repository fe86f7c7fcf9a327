import { execFileSync } from 'node:child_process';
import { closeSync, constants, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { withFileLock } from '../account/file-lock';

const registrationSchema = z.object({ pid: z.number().int(), address: z.string() });
type Registration = z.output<typeof registrationSchema>;

/** How a server that several processes use is started and recognized. */
export interface SharedStart {
  /** Starts it, with this descriptor as its standard input, at whose end it must end. */
  readonly start: (input: number) => Promise<Registration>;
  /** True when it serves under this address. */
  readonly answers: (address: string) => Promise<boolean>;
}

/** A server that was joined. */
export interface Membership extends Registration {
  /** Lets go of it; it ends when nobody holds it any more. */
  readonly leave: () => Promise<void>;
}

const ENDING_MS = 10_000;
/** The last one to leave sees it end within this time; others need not wait. */
const LEAVING_MS = 500;

/**
 * Joins the server that other processes run in a folder, or starts it there: two rehearsals at the same time must meet each other's
 * locks. Whoever uses the server holds a named pipe open, which is its standard input; for those that are killed, the kernel lets go.
 */
export async function shareServer(folder: string, { start, answers }: SharedStart): Promise<Membership> {
  mkdirSync(folder, { recursive: true });
  const pipe = join(folder, 'in-use');
  if (!existsSync(pipe)) execFileSync('mkfifo', ['-m', '600', pipe]);
  // For both directions, since one alone would wait for the other.
  const hold = openSync(pipe, constants.O_RDWR);
  try {
    const server = await withFileLock(join(folder, 'server.lock'), async () => {
      const known = readRegistration(folder);
      if (known !== undefined && (await answers(known.address))) return known;
      if (known !== undefined) await untilGone(known.pid, ENDING_MS);
      const input = openSync(pipe, constants.O_RDONLY);
      try {
        const started = await start(input);
        writeFileSync(fileOf(folder), JSON.stringify(started));
        return started;
      } finally {
        closeSync(input);
      }
    });
    return {
      ...server,
      leave: async () => {
        closeSync(hold);
        await untilGone(server.pid, LEAVING_MS);
      },
    };
  } catch (error) {
    closeSync(hold);
    throw error;
  }
}

function fileOf(folder: string): string {
  return join(folder, 'server.json');
}

function readRegistration(folder: string): Registration | undefined {
  if (!existsSync(fileOf(folder))) return undefined;
  return registrationSchema.parse(JSON.parse(readFileSync(fileOf(folder), 'utf8')));
}

/** Waits for a process to end, but not longer: its number may be another's by now. */
async function untilGone(pid: number, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline && isAlive(pid)) await sleep(20);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
