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
import { startOfflineAws, type RunningOfflineAws } from '../../src/terraform/with-offline-aws';

const run = promisify(execFile);
const manifestSchema = z.object({
  stacks: z.record(z.string(), z.object({ dependencies: z.array(z.string()), workingDirectory: z.string() })),
});
const planSchema = z.object({
  resource_changes: z
    .array(z.object({ address: z.string(), type: z.string(), change: z.object({ actions: z.array(z.string()) }) }))
    .default([]),
});

/** What a plan of one stack would do. */
export interface PlannedChange {
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  /** `create`, `update`, `delete`, `replace` */
  readonly action: string;
}

/** A part of an environment, to be put over the original. */
export type Knob = Record<string, unknown>;

/** The whole lab of an environment, with local states in a folder of its own. The stacks are synthesized by their own programs. */
export class RehearsedLab {
  readonly folder = mkdtempSync(join(tmpdir(), 'loadlab-lab-'));
  private readonly saved = mkdtempSync(join(tmpdir(), 'loadlab-saved-'));
  readonly account = new Account(join(this.folder, 'account.json'));
  readonly secrets = new SecretValues(this.account.file);
  private readonly environmentFolder = join(this.folder, 'environments', 'rehearsed');
  private readonly outdir = join(this.folder, 'cdktf.out');
  private aws: RunningOfflineAws | undefined;
  private stacks: { readonly name: string; readonly folder: string }[] = [];

  constructor(private readonly original: string) {}

  async start(): Promise<void> {
    cpSync(join(workspaceRoot(), 'environments', this.original), this.environmentFolder, { recursive: true });
    this.aws = await startOfflineAws({ accountFile: this.account.file, workingFolders: [this.folder] });
  }

  async stop(): Promise<void> {
    await this.aws?.stop();
    for (const folder of [this.folder, this.saved]) rmSync(folder, { recursive: true, force: true });
  }

  /** Synthesizes all stacks as the root app does, with some knobs turned. */
  async synthesize(knob: Knob = {}): Promise<void> {
    const file = join(workspaceRoot(), 'environments', this.original, 'environment.yaml');
    const environment = parse(readFileSync(file, 'utf8')) as Knob;
    const turned = merge({ ...environment, backend: { local: { directory: '../../states' } } }, knob);
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
    for (const { folder } of this.stacks) if (!existsSync(join(folder, '.terraform'))) await this.must(folder, 'init');
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

  /** Applies one stack with something going wrong. @returns the exit code */
  async deployWith(name: string, ...faults: readonly string[]): Promise<number> {
    await this.aws?.setFaults(parseFaults(faults));
    const [stack] = this.chosen([name]);
    const result = await this.aws?.terraform(stack?.folder ?? '', 'apply', '-auto-approve');
    await this.aws?.setFaults([]);
    return result?.exitCode ?? -1;
  }

  /** What all stacks would do now. */
  async plan(...names: readonly string[]): Promise<PlannedChange[]> {
    const changes: PlannedChange[] = [];
    for (const { name, folder } of this.chosen(names)) {
      await this.must(folder, 'plan', '-out', 'plan.bin');
      const plan = planSchema.parse(JSON.parse(await this.must(folder, 'show', '-json', 'plan.bin')));
      for (const { address, type, change } of plan.resource_changes) {
        const [action = '', second] = change.actions;
        if (action !== 'no-op' && action !== 'read')
          changes.push({ stack: name, address, type, action: second === undefined ? action : 'replace' });
      }
    }
    return changes;
  }

  async destroy(...names: readonly string[]): Promise<void> {
    for (const { folder } of this.chosen(names).reverse()) await this.must(folder, 'destroy', '-auto-approve');
  }

  /** Remembers what is deployed; `restore` brings it back. */
  save(): void {
    for (const name of KEPT) copy(join(this.folder, name), join(this.saved, name));
  }

  restore(): void {
    for (const name of KEPT) copy(join(this.saved, name), join(this.folder, name));
  }

  /** Every file that Terraform and cdktf made, and the account itself; not the place where secrets belong. */
  files(): string[] {
    return filesBelow(this.folder).filter((file) => file !== this.secrets.file);
  }

  private chosen(names: readonly string[]): { readonly name: string; readonly folder: string }[] {
    return this.stacks.filter(({ name }) => names.length === 0 || names.includes(name));
  }

  private async must(folder: string, ...args: readonly string[]): Promise<string> {
    if (this.aws === undefined) throw new Error('AWS is not running');
    const { exitCode, stdout, stderr } = await this.aws.terraform(folder, ...args);
    if (exitCode !== 0) throw new Error(`terraform ${args.join(' ')} in ${folder}: ${exitCode}\n${stderr}`);
    return stdout;
  }
}

const KEPT = ['account.json', 'account.secrets.json', 'account.files', 'states'];

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

function merge(below: Knob, above: Knob): Knob {
  const merged = { ...below };
  for (const [name, value] of Object.entries(above)) {
    const former = merged[name];
    merged[name] = isKnob(value) && isKnob(former) ? merge(former, value) : value;
  }
  return merged;
}

function isKnob(value: unknown): value is Knob {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
