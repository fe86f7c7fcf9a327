import { type ChildProcess, spawn } from 'node:child_process';
import { until } from './call';

/** The mock as a program. */
export class Program {
  output = '';
  errors = '';
  /** The exit code, or the signal that ended it. */
  ended: number | string | undefined;
  readonly process: ChildProcess;

  constructor(script: string, flags: readonly string[], variables: Readonly<Record<string, string>> = {}) {
    this.process = spawn(process.execPath, [script, ...flags], { env: { PATH: process.env.PATH, ...variables } });
    this.process.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.process.stderr?.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    this.process.on('close', (code, signal) => (this.ended = code ?? signal ?? 'unknown'));
  }

  /** Where it listens, once it says so. */
  async url(): Promise<string> {
    await until(() => this.output.includes('listens at') || this.ended !== undefined);
    const url = /http:\/\/\S+?:\d+/.exec(this.output)?.[0];
    if (url === undefined) throw new Error(`the mock did not start: ${this.errors}`);
    return url;
  }

  async end(): Promise<number | string> {
    await until(() => this.ended !== undefined);
    return this.ended ?? 'unknown';
  }

  signal(name: NodeJS.Signals): void {
    this.process.kill(name);
  }
}
