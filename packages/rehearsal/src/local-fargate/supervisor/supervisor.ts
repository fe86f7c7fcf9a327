import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const MAIN = join(__dirname, 'main.js');

const report = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), id: z.string(), pid: z.number() }),
  z.object({ type: z.literal('failed'), id: z.string(), reason: z.string() }),
  z.object({
    type: z.literal('ended'),
    id: z.string(),
    code: z.number().nullable(),
    signal: z.string().nullable(),
    output: z.string().exactOptional(),
  }),
]);
type Report = z.output<typeof report>;

/** A process to start, as the supervisor takes it. */
export interface SupervisedProgram {
  readonly id: string;
  /** `<run>/<task>/<container>`, the value of its marker variable. */
  readonly marker: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** How a process ended. */
export interface ProcessEnd {
  /** Absent when a signal ended it, or when it never started. */
  readonly exitCode?: number;
  readonly signal?: string;
  /** Why it never started. */
  readonly failure?: string;
  /** What a health check printed. */
  readonly output?: string;
}

/** A started process: its id, and a promise of its end (never rejected). */
export interface SupervisedProcess {
  readonly pid: Promise<number | undefined>;
  readonly ended: Promise<ProcessEnd>;
}

interface Pending {
  started(pid: number | undefined): void;
  ended(end: ProcessEnd): void;
}

/**
 * Starts processes through a supervisor process of their own (main.js beside this file), which kills them when this process dies.
 * One for each task.
 */
export class Supervisor {
  private readonly pending = new Map<string, Pending>();
  private readonly gone: Promise<void>;
  private closing = false;

  private constructor(
    private readonly child: ChildProcess,
    /** Marker of all that it starts, `<run>/<task>`. */
    private readonly marker: string,
  ) {
    child.on('message', (message) => this.hear(report.parse(message)));
    this.gone = new Promise((resolve) => {
      child.once('exit', () => {
        resolve(this.cleanUp());
      });
    });
  }

  /** Starts a supervisor; its own troubles, should it have any, go to the log file. */
  static async start(options: { marker: string; log: string }): Promise<Supervisor> {
    const log = openSync(options.log, 'a');
    try {
      const child = spawn(process.execPath, [MAIN], {
        // Out of the terminal's reach: Ctrl-C is for LoadLab, which then stops its tasks in order.
        detached: true,
        stdio: ['ignore', log, log, 'ipc'],
        env: { PATH: process.env.PATH },
      });
      await new Promise((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', reject);
      });
      return new Supervisor(child, options.marker);
    } finally {
      closeSync(log);
    }
  }

  /** Starts a container's process with its output appended to a file. */
  start(program: SupervisedProgram, log: string): SupervisedProcess {
    return this.launch({ type: 'start', ...program, log }, program.id);
  }

  /** Runs a health check to its end, or to that of the signal. */
  async check(program: SupervisedProgram, signal: AbortSignal): Promise<ProcessEnd> {
    const { ended } = this.launch({ type: 'check', ...program }, program.id);
    const kill = (): void => this.kill(program.id);
    signal.addEventListener('abort', kill);
    const end = await ended;
    signal.removeEventListener('abort', kill);
    return end;
  }

  /** Sends a signal to a container's first process alone, as a container runtime does. */
  signal(id: string, signal: 'SIGTERM'): void {
    this.send({ type: 'signal', id, signal });
  }

  /** SIGKILL to everything that a container's first process started. */
  kill(id: string): void {
    this.send({ type: 'kill', id });
  }

  /** Kills whatever is left and ends the supervisor. */
  async close(): Promise<void> {
    this.closing = true;
    if (this.child.connected) this.child.disconnect();
    await this.gone;
  }

  private launch(message: Record<string, unknown>, id: string): SupervisedProcess {
    let started: Pending['started'] | undefined;
    let ended: Pending['ended'] | undefined;
    const process: SupervisedProcess = {
      pid: new Promise((resolve) => (started = resolve)),
      ended: new Promise((resolve) => (ended = resolve)),
    };
    if (started !== undefined && ended !== undefined) this.pending.set(id, { started, ended });
    if (!this.send(message)) this.finish(id, { failure: 'its supervisor is gone' });
    return process;
  }

  private send(message: Record<string, unknown>): boolean {
    if (!this.child.connected) return false;
    // An error here means that the supervisor died an instant ago: its exit event tells everybody.
    this.child.send(message, () => undefined);
    return true;
  }

  private hear(message: Report): void {
    switch (message.type) {
      case 'started':
        this.pending.get(message.id)?.started(message.pid);
        return;
      case 'failed':
        this.finish(message.id, { failure: message.reason });
        return;
      case 'ended':
        this.finish(message.id, {
          ...(message.code === null ? {} : { exitCode: message.code }),
          ...(message.signal === null ? {} : { signal: message.signal }),
          ...(message.output === undefined ? {} : { output: message.output }),
        });
        return;
    }
  }

  private finish(id: string, end: ProcessEnd): void {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    pending?.started(undefined);
    pending?.ended(end);
  }

  /** The supervisor's end is the end of all its processes; when it was killed, that has still to be made true. */
  private async cleanUp(): Promise<void> {
    if (!this.closing) await killMarkedProcesses(this.marker);
    for (const id of [...this.pending.keys()]) this.finish(id, { failure: 'its supervisor ended' });
  }
}

/** Kills every process whose marker lies below `<run>` or `<run>/<task>`. Returns how many there were. */
export async function killMarkedProcesses(marker: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, '--sweep', marker]);
  return Number(stdout);
}
