import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { stripVTControlCharacters } from 'node:util';
import { InputError, readOutputs, type Contract, type Outputs } from '@loadlab/foundation';
import type { CommandResult } from '@loadlab/rehearsal';
import type { Rehearsal } from '../rehearsal/rehearsal';
import { synthesizedStacks } from '../rehearsal/synthesized-stacks';
import { terraformErrors } from '../terraform-errors';
import { StackProgress } from './stack-progress';
import type { Voice } from './voice';

/** Who is told, and what ends it. */
interface Listener {
  /** Ends Terraform in good order when it aborts. */
  readonly signal: AbortSignal;
  readonly voice: Voice;
}

/** cdktf against the rehearsal: its own words go into a log, and how far it is to the person who waits. */
export class LabCdktf {
  private readonly outdir: string;
  private readonly outputsFile: string;
  private readonly log: string;
  private stacks: readonly string[] = [];

  constructor(
    private readonly rehearsal: Rehearsal,
    folder: string,
    private readonly options: Listener,
  ) {
    this.outdir = path.join(folder, 'cdktf.out');
    this.outputsFile = path.join(folder, 'outputs.json');
    this.log = path.join(folder, 'terraform.log');
  }

  async synthesize(): Promise<void> {
    const { voice } = this.options;
    const started = performance.now();
    await this.must('the stacks cannot be synthesized', 'tsx', ['main.ts'], () => 'synthesizing the stacks');
    this.stacks = synthesizedStacks(this.outdir).map(({ id }) => id);
    voice.say(
      `lab: ${this.stacks.length} stacks of environment ${this.rehearsal.environment.name} synthesized in ${since(started)}`,
    );
  }

  async deploy(): Promise<void> {
    const { voice } = this.options;
    voice.say(`lab: cdktf deploy '*' onto an offline AWS; what Terraform says: ${shown(this.log)}`);
    const started = performance.now();
    const progress = new StackProgress(this.stacks);
    await this.must(
      'cannot be deployed',
      'cdktf',
      this.cdktf('deploy', '--outputs-file', this.outputsFile),
      () => `deploying${progress.describe()}`,
      progress,
    );
    voice.say(`lab: ${progress.done} resources deployed in ${since(started)}`);
  }

  /** @returns false when something is left, and says what */
  async destroy(planted: ReadonlySet<string>): Promise<boolean> {
    const { voice, signal } = this.options;
    voice.say("lab: cdktf destroy '*'");
    const started = performance.now();
    const progress = new StackProgress(this.stacks);
    const outcome = await this.run('cdktf', this.cdktf('destroy'), () => `destroying${progress.describe()}`, progress);
    const left = this.rehearsal.account
      .read()
      .all()
      .filter(({ id }) => !planted.has(id));
    if (left.length === 0) {
      voice.say(`lab: the account is empty again after ${since(started)}`);
      return true;
    }
    if (!signal.aborted) {
      const reasons = terraformErrors(outcome.stdout + outcome.stderr).map((error) => `\n  ${error}`);
      voice.say(`lab: ${left.length} things could not be destroyed; they end with this run.${reasons.join('')}`);
    }
    return false;
  }

  outputs<C extends Contract>(contract: C): Outputs<C> {
    const all = JSON.parse(readFileSync(this.outputsFile, 'utf8')) as Record<string, Record<string, unknown>>;
    const own = all[`${contract.stack}-${this.rehearsal.environment.name}`] ?? {};
    const asPrinted = Object.fromEntries(Object.entries(own).map(([name, value]) => [name, { value }]));
    return readOutputs(contract, JSON.stringify(asPrinted));
  }

  private cdktf(verb: 'deploy' | 'destroy', ...more: readonly string[]): string[] {
    // The lock of providers would be asked of the registry, which is not there.
    const flags = ['--auto-approve', '--skip-synth', '--skip-provider-lock', '--output', this.outdir];
    return [verb, '*', ...flags, ...more];
  }

  private async must(
    what: string,
    command: string,
    args: readonly string[],
    describe: () => string,
    progress?: StackProgress,
  ): Promise<void> {
    const { exitCode, stdout, stderr } = await this.run(command, args, describe, progress);
    this.options.signal.throwIfAborted();
    if (exitCode === 0) return;
    const errors = terraformErrors(stdout + stderr);
    const message = errors.length === 0 ? lastLines(stderr + stdout) : errors.join('; ');
    const { file } = this.rehearsal.environment;
    throw new InputError([
      { file, path: '', message: `${what}: ${message}`, hint: `the whole log: ${shown(this.log)}` },
    ]);
  }

  private async run(
    command: string,
    args: readonly string[],
    describe: () => string,
    progress?: StackProgress,
  ): Promise<CommandResult> {
    const { voice, signal } = this.options;
    const started = performance.now();
    return voice.during(
      () => `lab: ${describe()} … ${since(started)}`,
      () =>
        this.rehearsal.capture(command, args, {
          signal,
          // Without CI, cdktf draws over lines that it has printed.
          variables: { CDKTF_OUTDIR: this.outdir, CI: '1' },
          onOutput: (text) => {
            appendFileSync(this.log, stripVTControlCharacters(text));
            for (const { stack, resources } of progress?.feed(text) ?? [])
              voice.say(`lab: ${stack}: ${resources} resources`);
          },
        }),
    );
  }
}

function since(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}

function shown(file: string): string {
  const inside = path.relative(process.cwd(), file);
  return inside.startsWith('..') ? file : inside;
}

function lastLines(text: string): string {
  return stripVTControlCharacters(text).trim().split('\n').slice(-5).join(' ').trim();
}
