import { resolve } from 'node:path';
import type { Fault } from '../faults/fault';
import type { ContainerRuntime } from '../resources/ecs/container-runtime';
import { killTree } from './kill-tree';
import { offlineEnvironment } from './offline-environment';
import { runCommand, type CommandOptions, type CommandResult } from './run-command';
import { startProvider } from './start-provider';

/** Settings of an offline AWS. */
export interface OfflineAwsSettings {
  /** The account's file; made when it does not exist. */
  readonly accountFile: string;
  /** Of a new account. @default - AWS's example, 123456789012 */
  readonly accountId?: string;
  /** Folders in which Terraform or cdktf will run. @default - the current one */
  readonly workingFolders?: readonly string[];
  /** Region for stacks that name none. @default - none */
  readonly region?: string;
  /** Variables to start from. @default - this process's */
  readonly environment?: NodeJS.ProcessEnv;
  /** Runs the containers of services and tasks. @default - nobody does, and they are assumed to be well */
  readonly containers?: ContainerRuntime;
  /** What shall go wrong. @default - nothing */
  readonly faults?: readonly Fault[];
  /** 1: AWS takes as long as in reality. @default - 0: it answers at once */
  readonly pace?: number;
}

/** How a command is run, beyond what it is. */
export type RunSettings = Pick<CommandOptions, 'onOutput' | 'signal'> & {
  /** Variables beyond those of the offline AWS. @default - none */
  readonly variables?: NodeJS.ProcessEnv;
};

/** An offline AWS while it runs. */
export interface OfflineAws {
  /** Variables with which any Terraform or cdktf command works against it. */
  readonly environment: NodeJS.ProcessEnv;
  /** Of the provider's process. */
  readonly providerPid: number;
  /** Lets other things go wrong from now on. */
  setFaults(faults: readonly Fault[]): Promise<void>;
  /** Runs Terraform in a folder, without colours and without questions. */
  terraform(folder: string, ...args: readonly string[]): Promise<CommandResult>;
  /** Runs any command (`cdktf`, `nx`, `terraform`) with the terminal's own input and output. Resolves to its exit code. */
  run(command: string, args: readonly string[], folder: string, settings?: RunSettings): Promise<number>;
  /** Runs any command and collects what it prints. */
  capture(command: string, args: readonly string[], folder: string, settings?: RunSettings): Promise<CommandResult>;
}

/** An offline AWS that somebody has to stop. */
export interface RunningOfflineAws extends OfflineAws {
  stop(): Promise<void>;
}

/** Starts an offline AWS, does the work, and stops it, whatever happens. */
export async function withOfflineAws<T>(
  settings: OfflineAwsSettings,
  work: (aws: OfflineAws) => Promise<T>,
): Promise<T> {
  const aws = await startOfflineAws(settings);
  try {
    return await work(aws);
  } finally {
    await aws.stop();
  }
}

/** Starts an offline AWS; whoever does so stops it. It also ends with this process. */
export async function startOfflineAws(settings: OfflineAwsSettings): Promise<RunningOfflineAws> {
  const running = new Set<number>();
  const provider = await startProvider(
    {
      accountFile: resolve(settings.accountFile),
      accountId: settings.accountId,
      region: settings.region,
      workingFolders: (settings.workingFolders ?? [process.cwd()]).map((folder) => resolve(folder)),
      faults: [...(settings.faults ?? [])],
      pace: settings.pace ?? 0,
    },
    { containers: settings.containers, killTerraform: () => running.forEach((pid) => killTree(pid, 'SIGKILL')) },
  );
  const environment = offlineEnvironment(settings.environment ?? process.env, provider.reattach);
  const track = { started: (pid: number) => void running.add(pid), ended: (pid: number) => void running.delete(pid) };
  const options = (folder: string, { variables, ...settings }: RunSettings = {}): CommandOptions => ({
    cwd: folder,
    env: { ...environment, ...variables },
    track,
    ...settings,
  });
  return {
    environment,
    providerPid: provider.pid,
    setFaults: (faults) => provider.setFaults(faults),
    terraform: (folder, ...args) =>
      runCommand('terraform', args, {
        cwd: folder,
        env: { ...environment, TF_INPUT: '0', TF_CLI_ARGS: '-no-color' },
        track,
      }),
    run: async (command, args, folder, settings) =>
      (await runCommand(command, args, { ...options(folder, settings), show: true })).exitCode,
    capture: (command, args, folder, settings) => runCommand(command, args, options(folder, settings)),
    stop: () => provider.stop(),
  };
}
