import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';

/** A process of this machine. */
export interface ListedProcess {
  readonly pid: number;
  readonly parent: number;
  /** Name of its program, without its folder. */
  readonly program: string;
}

/** Every process of this machine, as `ps` tells it on Linux and macOS alike. */
export function processTable(): ListedProcess[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    const [pid = '', parent = '', ...command] = line.trim().split(/\s+/);
    return { pid: Number(pid), parent: Number(parent), program: basename(command.join(' ')) };
  });
}

/** A process and its descendants; children first, so that nobody starts another one while they are ended in this order. */
export function treeOf(pid: number, table: readonly ListedProcess[]): ListedProcess[] {
  const children = table.filter(({ parent }) => parent === pid);
  const self = table.filter((process) => process.pid === pid);
  return [...children.flatMap((child) => treeOf(child.pid, table)), ...self];
}
