import { resolve } from 'node:path';
import { offlineEnvironment } from './offline-environment';
import { runCommand, type CommandResult } from './run-command';
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
}

/** An offline AWS while it runs. */
export interface OfflineAws {
  /** Variables with which any Terraform or cdktf command works against it. */
  readonly environment: NodeJS.ProcessEnv;
  /** Of the provider's process. */
  readonly providerPid: number;
  /** Runs Terraform in a folder, without colours and without questions. */
  terraform(folder: string, ...args: string[]): Promise<CommandResult>;
}

/** Starts an offline AWS, does the work, and stops it, whatever happens. */
export async function withOfflineAws<T>(
  settings: OfflineAwsSettings,
  work: (aws: OfflineAws) => Promise<T>,
): Promise<T> {
  const provider = await startProvider({
    accountFile: resolve(settings.accountFile),
    accountId: settings.accountId,
    region: settings.region,
    workingFolders: (settings.workingFolders ?? [process.cwd()]).map((folder) => resolve(folder)),
    containers: 'assumed',
  });
  const environment = offlineEnvironment(settings.environment ?? process.env, provider.reattach);
  try {
    return await work({
      environment,
      providerPid: provider.pid,
      terraform: (folder, ...args) =>
        runCommand('terraform', args, {
          cwd: folder,
          env: { ...environment, TF_INPUT: '0', TF_CLI_ARGS: '-no-color' },
        }),
    });
  } finally {
    await provider.stop();
  }
}
