import { availableParallelism, totalmem } from 'node:os';

/** What a machine has to offer. */
export interface Machine {
  readonly cores: number;
  readonly memoryBytes: number;
}

/** Resident memory of one LiteLLM worker, and once more for the parent of several. Measured with 1.108.7: 330 to 400 MB. */
const WORKER_BYTES = 400e6;

/** The machine that this runs on. */
export function thisMachine(): Machine {
  return { cores: availableParallelism(), memoryBytes: totalmem() };
}

/**
 * LiteLLM workers that one of `tasks` tasks may have: half the cores, since the upstream, the load generator and
 * the person at the keyboard need the others, and half the memory. At least one.
 */
export function workersPerTask(machine: Machine, tasks: number): number {
  const byCores = Math.floor(machine.cores / 2 / tasks);
  const byMemory = Math.floor(machine.memoryBytes / 2 / tasks / WORKER_BYTES) - 1;
  return Math.max(1, Math.min(byCores, byMemory));
}
