import type { Fault } from '../faults/fault';
import type { ContainerRuntime } from '../resources/ecs/container-runtime';
import { type CommandResult } from './run-command';
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
/** An offline AWS while it runs. */
export interface OfflineAws {
  /** Variables with which any Terraform or cdktf command works against it. */
  readonly environment: NodeJS.ProcessEnv;
  /** Of the provider's process. */
  readonly providerPid: number;
  /** Runs Terraform in a folder, without colours and without questions. */
  terraform(folder: string, ...args: readonly string[]): Promise<CommandResult>;
  /** Runs any command (`cdktf`, `nx`, `terraform`) with the terminal's own input and output. */
  run(command: string, args: readonly string[], folder: string): Promise<number>;
}
/** Starts an offline AWS, does the work, and stops it, whatever happens. */
export declare function withOfflineAws<T>(
  settings: OfflineAwsSettings,
  work: (aws: OfflineAws) => Promise<T>,
): Promise<T>;
