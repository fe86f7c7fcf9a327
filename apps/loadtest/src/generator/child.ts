import { type ChildProcess, fork } from 'node:child_process';
import type { Glance, EngineOptions } from '../engine/engine';
import type { Measurement } from '../measurement/measurement';
import type { FromProcess, ToProcess } from './generator-messages';
import type { ProcessEntry } from './process-entry';

/** A process tells something four times a second; one that has not for this long is lost. */
const SILENCE_MS = 15_000;
/** Compiling from source on a busy machine takes its time. */
const PREPARING_MS = 60_000;

/** One generator process, as its parent sees it. */
export class Child {
  /** True once the process is ready, false when it was lost before. */
  readonly ready: Promise<boolean>;
  /** What it measured; undefined when it was lost. Rejects with the stack trace of a defect of ours. */
  readonly measured: Promise<Measurement | undefined>;
  readonly #process: ChildProcess;
  #silence: NodeJS.Timeout;

  constructor(entry: ProcessEntry, options: EngineOptions, onGlance: (glance: Glance) => void) {
    this.#process = fork(entry.file, [], {
      execArgv: [...entry.execArgv],
      env: process.env,
      // Prompts may be many megabytes, and numbers such as NaN have no JSON.
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#silence = this.#killAfter(PREPARING_MS);
    const messages = this.#process;
    this.ready = new Promise((resolve) => {
      messages.on('message', ({ type }: FromProcess) => type === 'ready' && resolve(true));
      messages.once('exit', () => resolve(false));
    });
    this.measured = new Promise((resolve, reject) => {
      messages.on('message', (message: FromProcess) => {
        if (message.type === 'done') resolve(message.measurement);
        if (message.type === 'failed') reject(new Error(`a generator process failed:\n${message.stack}`));
      });
      messages.once('exit', () => resolve(undefined));
    });
    // A defect while preparing is reported before anybody waits for the measurement.
    this.measured.catch(() => undefined);
    this.#listen(onGlance);
    this.#tell({ type: 'prepare', options });
  }

  start(machineMs: number): void {
    this.#tell({ type: 'start', machineMs });
  }

  stop(): void {
    this.#tell({ type: 'stop' });
  }

  /** Ends the process at once, whatever it is doing. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }

  #listen(onGlance: (glance: Glance) => void): void {
    this.#process.on('message', (message: FromProcess) => {
      clearTimeout(this.#silence);
      this.#silence = this.#killAfter(SILENCE_MS);
      if (message.type === 'glance') onGlance(message.glance);
    });
    this.#process.once('exit', () => clearTimeout(this.#silence));
    this.#process.once('error', () => this.kill());
  }

  #tell(message: ToProcess): void {
    // A process that has just died is noticed by its exit; its channel may fail first.
    if (this.#process.connected) this.#process.send(message, () => undefined);
  }

  #killAfter(delayMs: number): NodeJS.Timeout {
    return setTimeout(() => this.kill(), delayMs);
  }
}
