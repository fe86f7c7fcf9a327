import { execFileSync } from 'node:child_process';

/** Kills a process and all that it started, directly and indirectly: cdktf starts Terraform through a shell. */
export function killTree(pid: number, signal: NodeJS.Signals): void {
  for (const member of treeOf(pid, processTable())) {
    try {
      process.kill(member, signal);
    } catch (error) {
      // It ended by itself meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** The process and its descendants; children first, so that nobody starts another one meanwhile. */
function treeOf(pid: number, parents: ReadonlyMap<number, number>): number[] {
  const children = [...parents].filter(([, parent]) => parent === pid).map(([child]) => child);
  return [...children.flatMap((child) => treeOf(child, parents)), pid];
}

function processTable(): Map<number, number> {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  return new Map(
    lines.map((line): [number, number] => {
      const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
      return [pid, parent];
    }),
  );
}
