import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { workspaceRoot } from '@loadlab/foundation';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { Account } from '../../src/account/account';
import { SecretValues } from '../../src/account/secret-values';
import { parseFaults } from '../../src/faults/fault';
import type { ContainerRuntime } from '../../src/resources/ecs/container-runtime';
import type { CommandResult } from '../../src/terraform/run-command';
import { startOfflineAws, type RunningOfflineAws } from '../../src/terraform/with-offline-aws';
import { turn, type Knob } from './knob';
import { sceneryOf, stateSchema, type Scenery, type TerraformState } from './scenery';

const run = promisify(execFile);
const manifestSchema = z.object({
  stacks: z.record(z.string(), z.object({ dependencies: z.array(z.string()), workingDirectory: z.string() })),
});
const planSchema = z.object({
  resource_changes: z
    .array(z.object({ address: z.string(), type: z.string(), change: z.object({ actions: z.array(z.string()) }) }))
    .default([]),
});

const stackSchema = z.object({
  terraform: z.object({ backend: z.unknown() }),
  resource: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
});
/** What of a synthesized stack is looked at. */
export type SynthesizedStack = z.output<typeof stackSchema>;

/** What a plan of one stack would do. */
export interface PlannedChange {
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  /** `create`, `update`, `delete`, `replace` */
  readonly action: string;
}

/** How a lab differs from the environment that it is made after. */
export interface LabSettings {
  /** Knobs that are turned in the first place. */
  readonly base?: Knob;
  /** A lab whose synthesized stacks and saved moments are taken over. */
  readonly twin?: RehearsedLab;
  /** Runs what is deployed; asked for when AWS starts. @default - nobody does */
  readonly containers?: () => ContainerRuntime;
}

interface StackFolder {
  readonly name: string;
  readonly folder: string;
}

/** The whole lab of an environment, with local states in a folder of its own. The stacks are synthesized by their own programs. */
export class RehearsedLab {
  readonly folder = mkdtempSync(join(tmpdir(), 'loadlab-lab-'));
  private readonly saved: string;
  readonly account = new Account(join(this.folder, 'account.json'));
  readonly secrets = new SecretValues(this.account.file);
  private readonly environmentFolder = join(this.folder, 'environments', 'rehearsed');
  private readonly outdir = join(this.folder, 'cdktf.out');
  private aws: RunningOfflineAws | undefined;
  private stacks: readonly StackFolder[] = [];
  private readonly initialized = new Map<string, string>();

  constructor(
    /** An environment of the repository. */
    private readonly original: string,
    private readonly settings: LabSettings = {},
  ) {
    this.saved = settings.twin?.saved ?? mkdtempSync(join(tmpdir(), 'loadlab-saved-'));
  }

  /** Starts AWS, in place of one that runs or crashed. `variables` are Terraform's, in addition to this process's. */
  async start(variables: NodeJS.ProcessEnv = {}): Promise<void> {
    await this.aws?.stop();
    if (!existsSync(this.environmentFolder)) this.begin();
    this.aws = await startOfflineAws({
      accountFile: this.account.file,
      workingFolders: [this.folder],
      environment: { ...process.env, ...variables },
      ...(this.settings.containers === undefined ? {} : { containers: this.settings.containers() }),
    });
  }

  /** LiteLLM's own configuration, as `configure` left it. */
  get config(): string {
    return readFileSync(join(this.environmentFolder, 'config.yaml'), 'utf8');
  }

  /** Writes LiteLLM's configuration, to be synthesized next. */
  configure(text: string): void {
    writeFileSync(join(this.environmentFolder, 'config.yaml'), text);
  }

  async stop(): Promise<void> {
    await this.aws?.stop();
    rmSync(this.folder, { recursive: true, force: true });
    if (this.settings.twin === undefined) rmSync(this.saved, { recursive: true, force: true });
  }

  private begin(): void {
    const { twin } = this.settings;
    if (twin === undefined)
      cpSync(join(workspaceRoot(), 'environments', this.original), this.environmentFolder, { recursive: true });
    else {
      cpSync(twin.folder, this.folder, { recursive: true });
      this.stacks = twin.stacks.map(({ name }) => ({ name, folder: this.folderOf(name) }));
    }
  }

  /** Synthesizes all stacks as the root app does, with some knobs turned. */
  async synthesize(knob: Knob = {}): Promise<void> {
    const file = join(workspaceRoot(), 'environments', this.original, 'environment.yaml');
    const environment = parse(readFileSync(file, 'utf8')) as Knob;
    const here = { ...environment, backend: { local: { directory: '../../states' } } };
    const turned = turn(turn(here, this.settings.base ?? {}), knob);
    writeFileSync(join(this.environmentFolder, 'environment.yaml'), stringify(turned));
    await run(process.execPath, ['--import', 'tsx', 'main.ts'], {
      cwd: workspaceRoot(),
      env: { ...process.env, CDKTF_OUTDIR: this.outdir, LOADLAB_ENVIRONMENT: this.environmentFolder },
    });
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(this.outdir, 'manifest.json'), 'utf8')));
    const ordered = new Set<string>();
    const visit = (name: string): void => {
      manifest.stacks[name]?.dependencies.forEach(visit);
      ordered.add(name);
    };
    Object.keys(manifest.stacks).forEach(visit);
    this.stacks = [...ordered].map((name) => ({
      name: name.replace(/-rehearsed$/, ''),
      folder: join(this.outdir, manifest.stacks[name]?.workingDirectory ?? ''),
    }));
    for (const { name } of this.stacks) await this.initialize(name);
  }

  /** Names of all stacks, each after those it depends on. */
  get names(): string[] {
    return this.stacks.map(({ name }) => name);
  }

  /** Applies stacks in order. @returns how many resources Terraform made */
  async deploy(...names: readonly string[]): Promise<number> {
    let made = 0;
    for (const { folder } of this.chosen(names)) {
      const text = await this.must(folder, 'apply', '-auto-approve');
      made += Number(/Resources: (\d+) added/.exec(text)?.[1] ?? 0);
    }
    return made;
  }

  /** Applies or destroys one stack with something going wrong, and lets nothing go wrong afterwards. */
  async interrupted(verb: 'apply' | 'destroy', name: string, fault: string): Promise<CommandResult> {
    const [wanted] = parseFaults([fault]);
    if (this.aws === undefined || wanted === undefined) throw new Error('AWS is not running');
    await this.aws.setFaults([wanted]);
    const result = await this.aws.terraform(this.folderOf(name), verb, '-auto-approve');
    if (wanted.kind === 'crash') await this.start();
    else await this.aws.setFaults([]);
    return result;
  }

  /** What Terraform knows of a stack; undefined when it never ran. */
  state(name: string): TerraformState | undefined {
    const file = join(this.folder, 'states', 'loadlab', 'rehearsed', `${name}.tfstate`);
    return existsSync(file) ? stateSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  }

  /** Everything that exists and all that is known of it, without what is different each time. */
  scenery(): Scenery {
    return sceneryOf(
      this.account.read(),
      this.names.map((name) => [name, this.state(name)]),
    );
  }

  /** Runs Terraform in a stack's folder. @throws {Error} with what it printed, when it fails */
  async terraform(name: string, ...args: readonly string[]): Promise<string> {
    return this.must(this.folderOf(name), ...args);
  }

  /** As `terraform`, for what may fail. */
  async attempt(name: string, ...args: readonly string[]): Promise<CommandResult> {
    if (this.aws === undefined) throw new Error('AWS is not running');
    return this.aws.terraform(this.folderOf(name), ...args);
  }

  /** What all stacks would do now. */
  async plan(...names: readonly string[]): Promise<PlannedChange[]> {
    const changes: PlannedChange[] = [];
    for (const { name, folder } of this.chosen(names)) changes.push(...(await this.planOne(name, folder)));
    return changes;
  }

  /** Plans and applies each stack in its turn: one sees what another changes only after that was applied. @returns what was planned */
  async follow(): Promise<PlannedChange[]> {
    const changes: PlannedChange[] = [];
    for (const { name, folder } of this.stacks) {
      const planned = await this.planOne(name, folder);
      if (planned.length > 0) await this.must(folder, 'apply', 'plan.bin');
      changes.push(...planned);
    }
    return changes;
  }

  private async planOne(stack: string, folder: string): Promise<PlannedChange[]> {
    const { exitCode, stderr } = await this.attempt(stack, 'plan', '-out', 'plan.bin', '-detailed-exitcode');
    if (exitCode === 0) return [];
    if (exitCode !== 2) throw new Error(`terraform plan of ${stack}: ${exitCode}\n${stderr}`);
    const plan = planSchema.parse(JSON.parse(await this.must(folder, 'show', '-json', 'plan.bin')));
    return plan.resource_changes.flatMap(({ address, type, change }) => {
      const [action = '', second] = change.actions;
      if (action === 'no-op' || action === 'read') return [];
      return [{ stack, address, type, action: second === undefined ? action : 'replace' }];
    });
  }

  /** Destroys stacks in reverse order; named ones also when the environment has them no more. */
  async destroy(...names: readonly string[]): Promise<void> {
    const wanted = names.length === 0 ? this.names : [...names];
    for (const name of wanted.reverse()) await this.must(this.folderOf(name), 'destroy', '-auto-approve');
  }

  /** Remembers what is deployed under a name; `restore` brings it back, also in a twin. */
  save(moment: string): void {
    for (const name of KEPT) copy(join(this.folder, name), join(this.saved, moment, name));
  }

  restore(moment: string): void {
    for (const name of KEPT) copy(join(this.saved, moment, name), join(this.folder, name));
  }

  /** A synthesized stack, as its file has it. */
  synthesized(name: string): SynthesizedStack {
    return stackSchema.parse(JSON.parse(readFileSync(join(this.folderOf(name), 'cdk.tf.json'), 'utf8')));
  }

  /** Every file that Terraform and cdktf made, and the account itself; not the place where secrets belong. */
  files(): string[] {
    return filesBelow(this.folder).filter((file) => file !== this.secrets.file);
  }

  private chosen(names: readonly string[]): StackFolder[] {
    return this.stacks.filter(({ name }) => names.length === 0 || names.includes(name));
  }

  /** Of a stack that the environment has, or had. */
  private folderOf(name: string): string {
    return join(this.outdir, 'stacks', `${name}-rehearsed`);
  }

  private async initialize(name: string): Promise<void> {
    const backend = JSON.stringify(this.synthesized(name).terraform.backend);
    if (this.initialized.get(name) !== backend) await this.terraform(name, 'init', '-reconfigure');
    this.initialized.set(name, backend);
  }

  private async must(folder: string, ...args: readonly string[]): Promise<string> {
    if (this.aws === undefined) throw new Error('AWS is not running');
    const { exitCode, stdout, stderr } = await this.aws.terraform(folder, ...args);
    if (exitCode !== 0) throw new Error(`terraform ${args.join(' ')} in ${folder}: ${exitCode}\n${stderr}`);
    return stdout;
  }
}

/** Functions' code stays where it is: it lies under its own hash. */
const KEPT = ['account.json', 'account.secrets.json', 'account.files/efs', 'states'];

function copy(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  if (!existsSync(from)) return;
  mkdirSync(join(to, '..'), { recursive: true });
  cpSync(from, to, { recursive: true });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
