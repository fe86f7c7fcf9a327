import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server in the race: one process, one thread that answers. */
export interface ContenderOptions {
  readonly name: string;
  readonly command: readonly string[];
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** The kernel counts CPU time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

export class Contender {
  private readonly process: ChildProcess;
  private errors = '';

  constructor(private readonly options: ContenderOptions) {
    const [program = '', ...args] = options.command;
    this.process = spawn(program, args, {
      env: {
        PATH: process.env.PATH,
        PYTHONDONTWRITEBYTECODE: '1',
        BENCH_PORT: String(options.port),
        ...options.environment,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.process.stderr?.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
  }

  get name(): string {
    return this.options.name;
  }

  get url(): string {
    return `http://127.0.0.1:${this.options.port}/v1/chat/completions`;
  }

  /** Asks until it answers; gives up after 20 s. @returns its answer to a chat request */
  async answer(): Promise<string> {
    const body = JSON.stringify({ model: 'mock', messages: [{ role: 'user', content: 'Say something.' }] });
    for (let attempt = 0; attempt < 100; attempt++) {
      if (this.process.exitCode !== null) break;
      try {
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(this.url, { method: 'POST', headers, body });
        if (answer.ok) return await answer.text();
        throw new Error(`${this.name} answers ${answer.status}: ${await answer.text()}`);
      } catch (error) {
        // Not listening yet; anything else is an answer that will not do.
        if (!(error instanceof TypeError)) throw error;
        await sleep(200);
      }
    }
    throw new Error(`${this.name} did not start:\n${this.errors}`);
  }

  /** CPU time of all its threads so far, in seconds. @source proc(5), /proc/[pid]/stat, fields 14 and 15 */
  cpuSeconds(): number {
    const stat = readFileSync(`/proc/${this.process.pid ?? ''}/stat`, 'utf8');
    // The second field, the program's name in brackets, may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await ended;
  }
}
