import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { EXIT, InputError, workspaceRoot, type Environment } from '@loadlab/foundation';
import {
  Account,
  LocalContainers,
  parseFaults,
  postgresEnvironment,
  s3Environment,
  SecretValues,
  startPostgresServer,
  startS3Server,
  withOfflineAws,
  type CommandResult,
  type LockHolder,
  type RunSettings,
} from '@loadlab/rehearsal';
import type { LocalFargate } from '@loadlab/rehearsal/local-fargate';
import { requireTerraform } from './require-terraform';

/** How an environment is rehearsed. */
export interface RehearsalOptions {
  /** The pretend account's file. @default - `account.json` in the folder */
  readonly account?: string;
  /** What shall go wrong: `<address or type>:<operation>:<kind>[@n]`. @default - nothing */
  readonly faults?: readonly string[];
  /** Where account and states are kept. @default - beside the account where it is given, else `.loadlab/rehearsal/<environment>` */
  readonly folder?: string;
  /** Runs the containers of what is deployed. @default - nobody does, and they are assumed to be well */
  readonly fargate?: LocalFargate;
  /** See `LocalContainersOptions.rolling`. @default true */
  readonly rolling?: boolean;
  /** How slow AWS is: 1 as in reality, 0.1 a tenth of it. @default - 0: it answers at once */
  readonly pace?: number;
}

/** An offline AWS with the environment's remote state beside it. */
export interface Rehearsal {
  readonly environment: Environment;
  /** The pretend account. */
  readonly account: Account;
  /** The values of its secrets. */
  readonly secrets: SecretValues;
  /** What shall go wrong. */
  readonly faults: readonly string[];
  /** What runs; absent without `fargate`. */
  readonly containers: LocalContainers | undefined;
  /** Runs a command of this workspace against it, with the terminal's own input and output. Resolves to its exit code. */
  run(command: string, args: readonly string[], settings?: PlacedSettings): Promise<number>;
  /** Runs one and collects what it prints. */
  capture(command: string, args: readonly string[], settings?: PlacedSettings): Promise<CommandResult>;
}

/** How a command is run. */
type PlacedSettings = RunSettings & {
  /** @default - the workspace's */
  readonly folder?: string;
};

/**
 * Starts the offline AWS and the state server that the environment's backend asks for, does the work, and stops both.
 * @throws {InputError} when a tool is missing, a fault is misspelt, somebody broke the account's file, or the backend cannot be had offline
 */
export async function withRehearsal<T>(
  environment: Environment,
  options: RehearsalOptions,
  work: (rehearsal: Rehearsal) => Promise<T>,
): Promise<T> {
  const root = workspaceRoot();
  const folder = options.folder ?? statesOf(options.account) ?? rehearsalFolder(environment.name);
  const account = new Account(
    path.resolve(options.account ?? path.join(folder, 'account.json')),
    ...(environment.accountId === undefined ? [] : [environment.accountId]),
  );
  const secrets = new SecretValues(account.file);
  const { fargate, rolling } = options;
  const containers =
    fargate && new LocalContainers({ fargate, account, secrets, ...(rolling === undefined ? {} : { rolling }) });
  const faults = parseFaults(options.faults ?? []);
  requireTerraform();
  const pace = requirePace(options.pace ?? 0);
  // Terraform would say it as a failure of its plugin, in the middle of its work.
  account.read();
  mkdirSync(folder, { recursive: true });
  const state = await startState(environment, folder);
  try {
    return await withOfflineAws(
      {
        accountFile: account.file,
        ...(environment.accountId === undefined ? {} : { accountId: environment.accountId }),
        ...(containers === undefined ? {} : { containers }),
        workingFolders: options.folder === undefined ? [root, ...stackProjects(root)] : [folder],
        region: environment.region,
        faults,
        pace,
        environment: { ...process.env, ...state.variables, LOADLAB_ENVIRONMENT: selector(environment) },
      },
      (aws) =>
        work({
          environment,
          account,
          secrets,
          containers,
          faults: options.faults ?? [],
          run: async (command, args, { folder: where = root, ...settings } = {}) => {
            const exitCode = await aws.run(localBinary(command), args, where, settings);
            if (exitCode !== EXIT.done) process.stderr.write(state.whoHoldsLocks());
            return exitCode;
          },
          capture: (command, args, { folder: where = root, ...settings } = {}) =>
            aws.capture(localBinary(command), args, where, settings),
        }),
    );
  } finally {
    await state.stop();
  }
}

/** Folders of the packages that deploy alone (`nx deploy network`): each has stacks of its own. */
function stackProjects(root: string): string[] {
  const below = (folder: string): string[] =>
    readdirSync(path.join(root, folder)).map((name) => path.join(root, folder, name));
  const candidates = [...below('packages'), ...below('apps').map((app) => path.join(app, 'infra'))];
  return candidates.filter((folder) => existsSync(path.join(folder, 'cdktf.json')));
}

function requirePace(pace: number): number {
  if (pace >= 0) return pace;
  throw new InputError([
    {
      file: '--pace',
      path: '',
      message: 'is no number from 0',
      hint: '0 at once, 1 as slow as AWS, 0.1 ten times as fast',
    },
  ]);
}

/** Where an environment's pretend account and its states are kept. */
export function rehearsalFolder(environment: string): string {
  return path.join(workspaceRoot(), '.loadlab', 'rehearsal', environment);
}

/** States that speak of one account would be wrong of another one. */
function statesOf(account: string | undefined): string | undefined {
  return account === undefined ? undefined : path.resolve(`${account.replace(/\.json$/, '')}.states`);
}

/** How another process of this workspace chooses the same environment: by its name, or by its folder where that lies elsewhere. */
function selector({ name, directory }: Environment): string {
  return path.dirname(directory) === path.join(workspaceRoot(), 'environments') ? name : directory;
}

/** A tool of this workspace where there is one (`cdktf`, `nx`), else the one on the PATH. */
function localBinary(command: string): string {
  const local = path.join(workspaceRoot(), 'node_modules', '.bin', command);
  return !command.includes('/') && existsSync(local) ? local : command;
}

interface State {
  readonly variables: NodeJS.ProcessEnv;
  /** A line for each lock, where Terraform's own refusal does not name its holder; else empty. */
  whoHoldsLocks(): string;
  stop(): Promise<void>;
}

async function startState({ backend, file }: Environment, folder: string): Promise<State> {
  if (backend.s3 !== undefined) {
    const server = await startS3Server({
      recordingFile: path.join(folder, 'state-s3.jsonl'),
      // Two rehearsals at once meet each other's locks.
      sharedIn: path.join(folder, 'server-s3'),
    });
    await server.createBucket(backend.s3.bucket);
    return { variables: s3Environment(server), whoHoldsLocks: () => '', stop: () => server.stop() };
  }
  if (backend.pg !== undefined) {
    const server = await startPostgresServer(path.join(folder, 'state-postgres'), path.join(folder, 'server-postgres'));
    return {
      variables: postgresEnvironment(server),
      whoHoldsLocks: () => server.lockHolders().map(heldBy).join(''),
      stop: () => server.stop(),
    };
  }
  if (backend.local !== undefined) return { variables: {}, whoHoldsLocks: () => '', stop: () => Promise.resolve() };
  const seen = Object.keys(backend).join(', ');
  throw new InputError([
    { file, path: 'backend', message: `${seen} cannot be had offline`, hint: 's3, pg and local can be rehearsed' },
  ]);
}

function heldBy({ who, since }: LockHolder): string {
  return `A state is locked by ${who}, since ${since}: see docs/state-locks.md\n`;
}
