import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts CPU time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** Those that run: whatever ends the benchmark, Ctrl-C too, ends them. */
const running = new Set<ProcessTree>();
process.once('exit', () => {
  for (const tree of running) tree.kill();
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

/** A process of the benchmark with all that it starts. Reads /proc, hence Linux only. */
export class ProcessTree {
  readonly #process: ChildProcess;
  #output = '';
  #errors = '';

  /** The environment is the given one and PATH alone, so that nothing of the shell's changes a contender. */
  constructor([program = '', ...args]: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    this.#process = spawn(program, args, {
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(this);
    this.#process.stdout?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    this.#process.stderr?.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
  }

  get output(): string {
    return this.#output;
  }

  get running(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** CPU time of all processes so far, in seconds. @source proc(5): /proc/[pid]/stat, fields 14 and 15 */
  cpuSeconds(): number {
    const ticks = this.#pids().map((pid) => {
      const stat = readIfThere(`/proc/${pid}/stat`);
      // The second field, the program's name in brackets, may hold spaces.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
    });
    return ticks.reduce((sum, number) => sum + number, 0) / TICKS_PER_SECOND;
  }

  /** The most memory that each process ever had resident, in MB, the largest first. @source proc(5): VmHWM */
  peakMegabytes(): number[] {
    return this.#pids()
      .map((pid) => (Number(/VmHWM:\s+(\d+) kB/.exec(readIfThere(`/proc/${pid}/status`))?.[1] ?? 0) * 1024) / 1e6)
      .sort((left, right) => right - left);
  }

  /** Waits for its end. @returns what it wrote; throws what it complained of when it failed */
  async finished(): Promise<string> {
    if (this.running) await once(this.#process, 'close');
    if (this.#process.exitCode !== 0) throw new Error(`${this.#process.spawnargs.join(' ')} failed:\n${this.#errors}`);
    return this.#output;
  }

  async stop(): Promise<void> {
    this.kill();
    running.delete(this);
    if (this.running) await once(this.#process, 'exit');
  }

  kill(): void {
    for (const pid of this.#pids().toReversed()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
  }

  #pids(): number[] {
    return this.#process.pid === undefined ? [] : withDescendants(this.#process.pid);
  }
}

function withDescendants(pid: number): number[] {
  const threads = listIfThere(`/proc/${pid}/task`);
  const children = threads.flatMap((thread) => readIfThere(`/proc/${pid}/task/${thread}/children`).split(' '));
  return [pid, ...children.filter((child) => child !== '').flatMap((child) => withDescendants(Number(child)))];
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function listIfThere(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
