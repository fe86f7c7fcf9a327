import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Which core servers run on, and which one the load comes from: apart, so that neither takes from the other. */
export interface Cores {
  readonly server: readonly string[];
  readonly load: readonly string[];
  readonly description: string;
}

/** Prefixes of command lines that pin a process, where the machine has two cores and taskset. */
export function chooseCores(): Cores {
  const pinned = availableParallelism() >= 2 && spawnSync('taskset', ['--version']).status === 0;
  if (!pinned) return { server: [], load: [], description: 'not pinned (needs taskset and two cores)' };
  return {
    server: ['taskset', '-c', '0'],
    load: ['taskset', '-c', '1'],
    description: 'servers on core 0, load from core 1',
  };
}
