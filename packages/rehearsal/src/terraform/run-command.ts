import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { InputError } from '@loadlab/foundation';
import { endInGoodOrder } from './end-in-good-order';
import { killTree } from './kill-tree';

/** How a command ended, and what it printed. */
export interface CommandResult {
  /** Its exit code; 128 plus the signal's number when a signal ended it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Settings of a command. */
export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Gives it the terminal; then nothing is collected. @default - false */
  readonly show?: boolean;
  /** Is told what it prints, piece by piece. @default - nobody */
  readonly onOutput?: (text: string) => void;
  /** Is told of its process. @default - nobody */
  readonly track?: { started(pid: number): void; ended(pid: number): void };
  /**
   * Ends it in good order when it aborts (`endInGoodOrder`). Such a command does not hear the terminal's Ctrl-C, so that it is ended in
   * this way only; and it does not outlive this process. @default - it has the terminal, and hears its Ctrl-C itself
   */
  readonly signal?: AbortSignal | undefined;
}

/** What is said of a command that is not there. */
const missing: Readonly<Record<string, string>> = {
  terraform:
    'install Terraform 1.11 or later: https://developer.hashicorp.com/terraform/install (Debian: sudo apt-get install terraform, macOS: brew install hashicorp/tap/terraform)',
};

/** Runs a command to its end. @throws {InputError} when there is no such command */
export async function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env, show = false, onOutput, track, signal }: CommandOptions,
): Promise<CommandResult> {
  signal?.throwIfAborted();
  const stdio = show ? 'inherit' : (['ignore', 'pipe', 'pipe'] satisfies StdioOptions);
  const child = spawn(command, args, { cwd, env, stdio, detached: signal !== undefined });
  if (child.pid !== undefined) track?.started(child.pid);
  const release = signal !== undefined ? endWith(child, signal) : show ? shareSignals(child) : () => undefined;
  const stdout = collect(child.stdout, onOutput);
  const stderr = collect(child.stderr, onOutput);
  try {
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'ENOENT' ? notFound(command) : error),
      );
      child.once('close', (code, killedBy) => resolve(code ?? 128 + (SIGNALS[killedBy ?? ''] ?? 0)));
    });
    return { exitCode, stdout: stdout(), stderr: stderr() };
  } finally {
    release();
    if (child.pid !== undefined) track?.ended(child.pid);
  }
}

/** Ends the command in good order when the signal aborts, and at once when this process ends. */
function endWith({ pid }: ChildProcess, signal: AbortSignal): () => void {
  if (pid === undefined) return () => undefined;
  let stopLooking = (): void => undefined;
  const end = (): void => void (stopLooking = endInGoodOrder(pid));
  const kill = (): void => killTree(pid, 'SIGKILL');
  signal.addEventListener('abort', end, { once: true });
  process.on('exit', kill);
  return () => {
    signal.removeEventListener('abort', end);
    process.off('exit', kill);
    stopLooking();
  };
}

const SIGNALS: Readonly<Record<string, number>> = { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/**
 * A command that has the terminal hears its Ctrl-C itself, and ends in good order; this process only must not go first. (A second
 * one, passed on by us, would make Terraform give up at once.) What is meant for this process alone is passed on.
 */
function shareSignals(child: ChildProcess): () => void {
  const stay = (): void => undefined;
  const passOn = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on('SIGINT', stay);
  process.on('SIGTERM', passOn);
  return () => {
    process.off('SIGINT', stay);
    process.off('SIGTERM', passOn);
  };
}

function collect(stream: NodeJS.ReadableStream | null, onOutput?: (text: string) => void): () => string {
  const chunks: Buffer[] = [];
  stream?.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    onOutput?.(chunk.toString('utf8'));
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

function notFound(command: string): InputError {
  const hint = missing[command];
  return new InputError([
    {
      file: command,
      path: '',
      message: 'there is no such command on this machine',
      ...(hint === undefined ? {} : { hint }),
    },
  ]);
}
