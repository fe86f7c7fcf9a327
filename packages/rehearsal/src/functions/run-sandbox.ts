import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { FunctionResult } from '../resources/lambda/function-runner';

/** One call of a function. */
export interface SandboxCall {
  readonly functionName: string;
  /** Where its code lies unpacked. */
  readonly codeFolder: string;
  /** `index.handler` */
  readonly handler: string;
  /** JSON. */
  readonly event: string;
  readonly timeoutSeconds: number;
  /** All that the function's process sees of variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** Folders that it may write to; it may read everything. */
  readonly writableFolders: readonly string[];
  /** Address and port inside the VPC -> where it is on this machine. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Where connections to any other private address go. */
  readonly assumedAddress: string;
  /** Receives what the function prints. */
  readonly logFile: string;
}

const answerSchema = z.object({ payload: z.string(), functionError: z.literal('Unhandled').optional() });

/**
 * Runs a function's handler in a process of its own, with its variables and rights and within its time. A function that
 * fails, dies or takes too long is an answer, as from AWS.
 */
export async function runSandbox(call: SandboxCall): Promise<FunctionResult> {
  const requestId = randomUUID();
  const child = start(call, requestId);
  return new Promise((resolve) => {
    let result: FunctionResult | undefined;
    const failed = (errorType: string, errorMessage: string): FunctionResult => ({
      payload: JSON.stringify({ errorType, errorMessage: `RequestId: ${requestId} Error: ${errorMessage}` }),
      functionError: 'Unhandled',
    });
    const timer = setTimeout(() => {
      result = failed('Sandbox.Timedout', `Task timed out after ${call.timeoutSeconds.toFixed(2)} seconds`);
      child.kill('SIGKILL');
    }, call.timeoutSeconds * 1000);
    child.once('message', (message) => {
      const { payload, functionError } = answerSchema.parse(message);
      result = functionError === undefined ? { payload } : { payload, functionError };
    });
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve(failed('Runtime.ExitError', error.message));
    });
    const end = ([code, signal]: readonly [number | null, NodeJS.Signals | null]): void => {
      clearTimeout(timer);
      resolve(
        result ?? failed('Runtime.ExitError', `Runtime exited with error: ${signal ?? `exit status ${String(code)}`}`),
      );
    };
    // Its answer may arrive after the news of its end, but not after that of its channel's.
    const exit = new Promise<readonly [number | null, NodeJS.Signals | null]>((ended) => {
      child.once('exit', (code, signal) => ended([code, signal]));
    });
    child.once('disconnect', () => void exit.then(end));
    child.send({
      codeFolder: call.codeFolder,
      handler: call.handler,
      event: call.event,
      deadline: Date.now() + call.timeoutSeconds * 1000,
      functionName: call.functionName,
      addresses: call.addresses,
      assumedAddress: call.assumedAddress,
    });
  });
}

function start(call: SandboxCall, requestId: string): ChildProcess {
  const child = fork(join(__dirname, 'sandbox.js'), [], {
    execArgv: [
      permissionFlag(process.versions.node),
      '--allow-fs-read=*',
      ...call.writableFolders.map((folder) => `--allow-fs-write=${folder}/*`),
      '--no-warnings',
    ],
    env: { ...call.environment, LOADLAB_REQUEST_ID: requestId },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  mkdirSync(dirname(call.logFile), { recursive: true });
  const log = createWriteStream(call.logFile, { flags: 'a' });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  child.once('close', () => log.end());
  return child;
}

/** Node's permission model left its experiment in 22.13 and 23.5. @source https://nodejs.org/api/permissions.html */
function permissionFlag(version: string): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isStable = major > 23 || (major === 23 && minor >= 5) || (major === 22 && minor >= 13);
  return isStable ? '--permission' : '--experimental-permission';
}
