import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError, workspaceRoot } from '@loadlab/foundation';
import { freePort } from '../local-fargate/run/free-port';
import { compactRecording } from './moto-recording';
import { startServer, type ServerProcess, type ServerStart } from './server-process';
import { shareServer } from './shared-server';

/** S3 on this machine. */
export interface S3Server {
  /** `http://127.0.0.1:port` */
  readonly endpoint: string;
  /** Of its process. */
  readonly pid: number;
  /** Makes a bucket; one that exists stays as it is. */
  createBucket(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Settings of the server. */
export interface S3ServerOptions {
  /** Where its content is kept between runs, request by request, so that nothing is lost in a crash. @default - in memory */
  readonly recordingFile?: string;
  /** Folder in which one server is shared by all that ask for it there. @default - the server is this process's own */
  readonly sharedIn?: string;
  /** Folder of moto's Python environment. @default - `.venv-moto` at the workspace's root */
  readonly environment?: string;
}

/** Serves until its standard input ends, which it does when the process that started it is gone. */
const PROGRAM = `
import os, sys, threading
from moto.server import main
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
main(["-H", "127.0.0.1", "-p", sys.argv[1]])
`;

/** Starts moto's server, which honours conditional writes: Terraform's \`use_lockfile\` really locks. @throws {InputError} when it is not installed */
export async function startS3Server(options: S3ServerOptions = {}): Promise<S3Server> {
  const { sharedIn } = options;
  if (sharedIn === undefined) {
    const { endpoint, server } = await launch(options);
    return s3At(endpoint, server.pid, () => server.stop());
  }
  const { address, pid, leave } = await shareServer(sharedIn, {
    start: async (input) => {
      const { endpoint, server } = await launch(options, { input, logFile: join(sharedIn, 'server.log') });
      return { pid: server.pid, address: endpoint };
    },
    answers,
  });
  return s3At(address, pid, leave);
}

async function launch(
  { recordingFile, environment }: S3ServerOptions,
  shared?: ServerStart['shared'],
): Promise<{ endpoint: string; server: ServerProcess }> {
  const python = join(environment ?? join(workspaceRoot(), '.venv-moto'), 'bin', 'python');
  if (!existsSync(python))
    throw new InputError([
      {
        file: '.venv-moto',
        path: '',
        message: 'moto, which stands for S3 here, is not installed',
        hint: 'npm run setup',
      },
    ]);
  if (recordingFile !== undefined) prepareRecording(recordingFile);
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const recorder = recordingFile === undefined ? {} : { MOTO_RECORDER_FILEPATH: recordingFile };
  const server = await startServer({
    name: "moto's server",
    command: python,
    args: ['-c', PROGRAM, String(port)],
    env: { ...process.env, ...recorder },
    isReady: () => answers(endpoint),
    ...(shared === undefined ? {} : { shared }),
  });
  if (recordingFile !== undefined) {
    await post(`${endpoint}/moto-api/recorder/replay-recording`, JSON.stringify({ target_host: endpoint }));
    await post(`${endpoint}/moto-api/recorder/start-recording`, '');
  }
  return { endpoint, server };
}

function s3At(endpoint: string, pid: number, stop: () => Promise<void>): S3Server {
  return {
    endpoint,
    pid,
    createBucket: async (name) => {
      const response = await fetch(`${endpoint}/${name}`, { method: 'PUT', headers: { authorization: AUTHORIZATION } });
      // 409: it is there already, and ours.
      if (!response.ok && response.status !== 409)
        throw new Error(`the bucket ${name} cannot be made: ${response.status} ${await response.text()}`);
    },
    stop,
  };
}

/** moto reads from it which service is meant, and checks no signature. */
const AUTHORIZATION = 'AWS4-HMAC-SHA256 Credential=rehearsal/20260101/us-east-1/s3/aws4_request';

function prepareRecording(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, compactRecording(text), { mode: 0o600 });
  renameSync(temporary, file);
}

async function post(url: string, body: string): Promise<void> {
  const response = await fetch(url, { method: 'POST', body });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    const { ok } = await fetch(`${endpoint}/moto-api/`);
    return ok;
  } catch {
    // Not listening yet.
    return false;
  }
}
