import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { Account } from '../../src/account/account';
import { parseFaults } from '../../src/faults/fault';
import { runCommand, type CommandResult } from '../../src/terraform/run-command';
import { startOfflineAws, type OfflineAwsSettings, type RunningOfflineAws } from '../../src/terraform/with-offline-aws';

/** A configuration in Terraform's JSON. */
export type Configuration = Record<string, unknown>;

const planSchema = z.object({
  resource_changes: z
    .array(
      z.object({
        address: z.string(),
        change: z.object({
          actions: z.array(z.string()),
          replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
        }),
      }),
    )
    .default([]),
});

/** What a plan would do, by address: `create`, `update`, `delete`, or `replace` with its reasons. */
export type PlannedActions = Record<string, string>;

/** Terraform while it runs. */
export interface TerraformRun {
  readonly result: Promise<CommandResult>;
  /** As Ctrl-C. */
  interrupt(): void;
  /** As kill -9. */
  kill(): void;
}

/** A folder with one configuration, real Terraform in it and an offline AWS behind. */
export class TerraformFolder {
  readonly folder = mkdtempSync(join(tmpdir(), 'loadlab-terraform-'));
  readonly accountFile: string;
  readonly account: Account;
  private aws: RunningOfflineAws | undefined;

  /** With another folder's account: what two people have, who work on the same stack. */
  constructor(other?: TerraformFolder) {
    this.accountFile = other?.accountFile ?? join(this.folder, 'account.json');
    this.account = other?.account ?? new Account(this.accountFile);
  }

  /** Starts AWS, in place of one that runs: with other faults, for instance. */
  async start(settings: Partial<OfflineAwsSettings> = {}): Promise<RunningOfflineAws> {
    await this.aws?.stop();
    this.aws = await startOfflineAws({ accountFile: this.accountFile, workingFolders: [this.folder], ...settings });
    return this.aws;
  }

  /** Forgets all that was made; what \`init\` did stays. */
  reset(): void {
    for (const name of [
      'account.json',
      'account.secrets.json',
      'account.files',
      'terraform.tfstate',
      'terraform.tfstate.backup',
    ])
      rmSync(join(this.folder, name), { recursive: true, force: true });
  }

  async stop(): Promise<void> {
    await this.aws?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Writes the configuration; region, provider and default tags are given. */
  write(configuration: Configuration, terraform: Configuration = {}): void {
    const whole = {
      terraform: { required_providers: { aws: { source: 'hashicorp/aws' } }, ...terraform },
      provider: { aws: { region: 'us-east-1', default_tags: { tags: { project: 'loadlab' } } } },
      ...configuration,
    };
    writeFileSync(join(this.folder, 'main.tf.json'), JSON.stringify(whole, null, 2));
  }

  async terraform(...args: readonly string[]): Promise<CommandResult> {
    if (this.aws === undefined) throw new Error('AWS is not running');
    return this.aws.terraform(this.folder, ...args);
  }

  /** As `terraform`, for what must work. @throws {Error} with what Terraform printed */
  async must(...args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.terraform(...args);
    if (exitCode !== 0) throw new Error(`terraform ${args.join(' ')}: ${exitCode}\n${stdout}\n${stderr}`);
    return stdout;
  }

  /** Lets things go wrong from now on: `--fault` values. */
  async faults(...specs: readonly string[]): Promise<void> {
    await this.aws?.setFaults(parseFaults(specs));
  }

  /** Starts Terraform and goes on once it has printed something. */
  async begin(until: string, ...args: readonly string[]): Promise<TerraformRun> {
    if (this.aws === undefined) throw new Error('AWS is not running');
    const { environment } = this.aws;
    const interruption = new AbortController();
    let pid = 0;
    let text = '';
    return new Promise((resolve, reject) => {
      const result = runCommand('terraform', args, {
        cwd: this.folder,
        env: { ...environment, TF_INPUT: '0', TF_CLI_ARGS: '-no-color' },
        signal: interruption.signal,
        track: { started: (id) => (pid = id), ended: () => undefined },
        onOutput: (piece) => {
          text += piece;
          if (text.includes(until))
            resolve({ result, interrupt: () => interruption.abort(), kill: () => process.kill(pid, 'SIGKILL') });
        },
      });
      result.then(() => reject(new Error(`terraform ended before it said "${until}":\n${text}`)), reject);
    });
  }

  async init(): Promise<void> {
    await this.must('init');
  }

  async apply(): Promise<string> {
    return this.must('apply', '-auto-approve');
  }

  /** What Terraform would do now; empty when nothing. */
  async plan(): Promise<PlannedActions> {
    await this.must('plan', '-out', 'plan.bin');
    const plan = planSchema.parse(JSON.parse(await this.must('show', '-json', 'plan.bin')));
    return Object.fromEntries(
      plan.resource_changes
        .filter(({ change }) => change.actions.join() !== 'no-op')
        .map(({ address, change }) => [address, wordsOf(change)]),
    );
  }

  /** What stands in the state, as text. */
  state(): string {
    return readFileSync(join(this.folder, 'terraform.tfstate'), 'utf8');
  }
}

function wordsOf({
  actions,
  replace_paths = [],
}: {
  actions: string[];
  replace_paths?: (string | number)[][] | undefined;
}): string {
  if (actions.length < 2) return actions.join();
  return `replace: ${replace_paths
    .map((path) => path.join('.'))
    .sort()
    .join(', ')}`;
}
