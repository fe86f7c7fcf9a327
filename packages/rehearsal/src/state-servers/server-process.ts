import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server that runs as a child process and ends with this one. */
export interface ServerProcess {
  readonly pid: number;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

/** How a server is started. */
export interface ServerStart {
  /** In messages: `moto's server`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** @default - this process's */
  readonly cwd?: string;
  /** As whom it runs. @default - as this process's user */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Its standard input, which somebody else ends; then what it prints goes into a file. @default - a pipe, which `stop` ends */
  readonly shared?: { readonly input: number; readonly logFile: string };
  /** True once it serves. */
  readonly isReady: () => Promise<boolean>;
  /** @default - 30 */
  readonly withinSeconds?: number;
}

const POLL_MS = 50;
/** Of what it printed, enough to see why it did not start. */
const LOG_LENGTH = 2_000;

/**
 * Starts a server and waits until it serves. The command must end when its standard input does: that is how it notices
 * that this process is gone, also after a kill -9.
 * @throws {Error} with what it printed, when it ends or is not ready in time
 */
export async function startServer(start: ServerStart): Promise<ServerProcess> {
  const log = start.shared === undefined ? pipedLog() : fileLog(start.shared);
  const child = spawn(start.command, start.args, {
    env: start.env,
    stdio: log.stdio,
    // A Ctrl-C at the terminal is Terraform's to hear, which then wants to write its state here.
    detached: true,
    ...(start.cwd === undefined ? {} : { cwd: start.cwd }),
    ...start.user,
  });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  log.follow(child);
  let failure: string | undefined;
  child.once('error', (error) => (failure = error.message));
  const stop = async (): Promise<void> => {
    child.stdin?.end();
    await gone;
  };
  const deadline = Date.now() + (start.withinSeconds ?? 30) * 1000;
  while (!(await start.isReady())) {
    if (failure === undefined && hasEnded(child)) failure = `ended with exit code ${String(child.exitCode)}`;
    if (failure === undefined && Date.now() > deadline) failure = 'was not ready in time';
    if (failure !== undefined) {
      if (!hasEnded(child)) child.kill('SIGKILL');
      throw new Error(`${start.name} ${failure}\n${log.text().trim()}`);
    }
    await sleep(POLL_MS);
  }
  return { pid: child.pid ?? 0, stop };
}

/** Where a server's output goes, and its last lines. */
interface ServerLog {
  readonly stdio: StdioOptions;
  readonly follow: (child: ChildProcess) => void;
  readonly text: () => string;
}

function pipedLog(): ServerLog {
  let text = '';
  return {
    stdio: ['pipe', 'pipe', 'pipe'],
    follow: (child) => {
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (chunk: Buffer) => (text = `${text}${chunk.toString('utf8')}`.slice(-LOG_LENGTH)));
    },
    text: () => text,
  };
}

/** For a server that outlives the process that started it. */
function fileLog({ input, logFile }: { readonly input: number; readonly logFile: string }): ServerLog {
  const output = openSync(logFile, 'w', 0o600);
  return {
    stdio: [input, output, output],
    follow: (child) => {
      closeSync(output);
      child.unref();
    },
    text: () => readFileSync(logFile, 'utf8').slice(-LOG_LENGTH),
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}
