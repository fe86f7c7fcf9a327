import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { InputError, workspaceRoot, type Environment } from '@loadlab/foundation';
import {
  parseFaults,
  postgresEnvironment,
  s3Environment,
  startPostgresServer,
  startS3Server,
  withOfflineAws,
} from '@loadlab/rehearsal';

/** How an environment is rehearsed. */
export interface RehearsalOptions {
  /** The pretend account's file. @default - one for each environment, under `.loadlab/rehearsal` */
  readonly account?: string;
  /** What shall go wrong: `<address or type>:<operation>:<kind>[@n]`. @default - nothing */
  readonly faults?: readonly string[];
}

/** An offline AWS with the environment's remote state beside it. */
export interface Rehearsal {
  readonly environment: Environment;
  /** The pretend account. */
  readonly accountFile: string;
  /** Runs a command of this workspace against it, with the terminal's own input and output. Resolves to its exit code. */
  run(command: string, args: readonly string[], folder?: string): Promise<number>;
}

/**
 * Starts the offline AWS and the state server that the environment's backend asks for, does the work, and stops both.
 * The account and the states stay under `.loadlab/rehearsal/<environment>` for the next time.
 * @throws {InputError} when a tool is missing, a fault is misspelt, or the backend cannot be had offline
 */
export async function withRehearsal<T>(
  environment: Environment,
  options: RehearsalOptions,
  work: (rehearsal: Rehearsal) => Promise<T>,
): Promise<T> {
  const root = workspaceRoot();
  const folder = rehearsalFolder(environment.name);
  const accountFile = path.resolve(options.account ?? path.join(folder, 'account.json'));
  const faults = parseFaults(options.faults ?? []);
  mkdirSync(folder, { recursive: true });
  const state = await startState(environment, folder);
  try {
    return await withOfflineAws(
      {
        accountFile,
        ...(environment.accountId === undefined ? {} : { accountId: environment.accountId }),
        workingFolders: [root],
        region: environment.region,
        faults,
        environment: { ...process.env, ...state.variables, LOADLAB_ENVIRONMENT: environment.name },
      },
      (aws) =>
        work({
          environment,
          accountFile,
          run: (command, args, where = root) => aws.run(localBinary(command), args, where),
        }),
    );
  } finally {
    await state.stop();
  }
}

/** Where an environment's pretend account and its states are kept. */
export function rehearsalFolder(environment: string): string {
  return path.join(workspaceRoot(), '.loadlab', 'rehearsal', environment);
}

/** A tool of this workspace where there is one (`cdktf`, `nx`), else the one on the PATH. */
function localBinary(command: string): string {
  const local = path.join(workspaceRoot(), 'node_modules', '.bin', command);
  return !command.includes('/') && existsSync(local) ? local : command;
}

interface State {
  readonly variables: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

async function startState({ backend, file }: Environment, folder: string): Promise<State> {
  if (backend.s3 !== undefined) {
    const server = await startS3Server({ recordingFile: path.join(folder, 'state-s3.jsonl') });
    await server.createBucket(backend.s3.bucket);
    return { variables: s3Environment(server), stop: () => server.stop() };
  }
  if (backend.pg !== undefined) {
    const server = await startPostgresServer(path.join(folder, 'state-postgres'));
    return { variables: postgresEnvironment(server), stop: () => server.stop() };
  }
  if (backend.local !== undefined) return { variables: {}, stop: () => Promise.resolve() };
  const seen = Object.keys(backend).join(', ');
  throw new InputError([
    { file, path: 'backend', message: `${seen} cannot be had offline`, hint: 's3, pg and local can be rehearsed' },
  ]);
}
