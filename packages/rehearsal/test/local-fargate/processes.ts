import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/** True while a process runs; one that is dead but not yet buried by its parent does not. */
export function isRunning(pid: number): boolean {
  try {
    const state = execFileSync('ps', ['-o', 'stat=', '-p', String(pid)])
      .toString()
      .trim();
    return state !== '' && !state.startsWith('Z');
  } catch {
    return false;
  }
}

/** Waits until a condition holds; fails with the description when it does not within 20 s, which only a defect takes. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`never came true: ${what}`);
    await delay(20);
  }
}
