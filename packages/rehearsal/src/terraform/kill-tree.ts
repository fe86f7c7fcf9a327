import { processTable, treeOf } from './process-table';

/** Kills a process and all that it started, directly and indirectly: cdktf starts Terraform through a shell. */
export function killTree(pid: number, signal: NodeJS.Signals): void {
  for (const member of treeOf(pid, processTable())) sendSignal(member.pid, signal);
}

/** A process that ended by itself meanwhile is none to worry about. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
