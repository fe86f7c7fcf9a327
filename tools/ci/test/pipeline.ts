import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { workspaceRoot } from '@loadlab/foundation';
import { s3Environment, startS3Server, withOfflineAws, type OfflineAws } from '@loadlab/rehearsal';
import { parse, stringify } from 'yaml';
import { stackPackages } from '../src/workspace-stacks';
import { cloneWorkspace, git } from './clone';
import { workflowFile, type Step } from './workflow-files';

/** What GitHub would put in the place of an expression. */
export type Expressions = Readonly<Record<string, string>>;

/** How a job ended. */
export interface JobRun {
  readonly code: number;
  readonly output: string;
  /** By step and name: `plans.plans`. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly summary: string;
}

/** A clone in which jobs of the workflows are run, step by step, against the offline AWS. */
export class Pipeline {
  readonly clone: string;
  /** What was asked of GitHub: one command line each. */
  readonly asked: string[] = [];

  private constructor(
    private readonly folder: string,
    private readonly aws: OfflineAws,
  ) {
    this.clone = path.join(folder, 'clone');
  }

  /** A small lab in a clone, its states in an S3 that is forgotten afterwards. */
  static async within(work: (pipeline: Pipeline) => Promise<void>): Promise<void> {
    const server = await startS3Server();
    const folder = mkdtempSync(path.join(tmpdir(), 'loadlab-pipeline-'));
    try {
      await server.createBucket('loadlab-state-123456789012');
      const environment = { ...process.env, ...s3Environment(server) };
      await withOfflineAws(
        {
          accountFile: path.join(folder, 'account.json'),
          // Terraform runs below each package, and names what it uploads from there.
          workingFolders: stackPackages(workspaceRoot()).map((stack) =>
            path.join(folder, 'clone', path.relative(workspaceRoot(), stack.folder)),
          ),
          region: 'us-east-1',
          environment,
        },
        async (aws) => {
          const pipeline = new Pipeline(folder, aws);
          cloneWorkspace(pipeline.clone);
          pipeline.#settle();
          await work(pipeline);
        },
      );
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Changes the environment, and commits it. @returns the commit */
  edit(
    message: string,
    change: (environment: Record<string, unknown>) => void,
    config?: (text: string) => string,
  ): string {
    const folder = path.join(this.clone, 'environments', 'benchmark');
    const file = path.join(folder, 'environment.yaml');
    const environment = parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    change(environment);
    writeFileSync(file, stringify(environment));
    const configFile = path.join(folder, 'config.yaml');
    if (config !== undefined) writeFileSync(configFile, config(readFileSync(configFile, 'utf8')));
    git(this.clone, 'commit', '--quiet', '--no-gpg-sign', '--all', '--message', message);
    return git(this.clone, 'rev-parse', 'HEAD');
  }

  /**
   * Runs the steps of a job that are scripts, in order, until one fails. Actions are what this clone and its credentials stand for.
   * Steps that ask GitHub find a `gh` that writes down what it was asked.
   */
  async run(file: string, job: string, expressions: Expressions): Promise<JobRun> {
    const outputs = new Map<string, string>();
    const summaryFile = path.join(this.folder, 'summary.md');
    writeFileSync(summaryFile, '');
    let output = '';
    let code = 0;
    for (const step of workflowFile(file).jobs[job]?.steps ?? []) {
      if (step.run === undefined || !isDue(step, code, outputs)) continue;
      const outputFile = path.join(this.folder, 'outputs.txt');
      writeFileSync(outputFile, '');
      const script = path.join(this.folder, 'step.sh');
      writeFileSync(script, step.run);
      const variables = Object.fromEntries(
        Object.entries(step.env ?? {}).map(([name, value]) => [name, evaluate(value, expressions)]),
      );
      const result = await this.aws.capture('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], this.clone, {
        variables: {
          ...variables,
          GITHUB_OUTPUT: outputFile,
          GITHUB_STEP_SUMMARY: summaryFile,
          GH_ASKED: path.join(this.folder, 'asked.txt'),
          PATH: `${path.join(this.folder, 'bin')}${path.delimiter}${this.aws.environment.PATH ?? ''}`,
        },
      });
      output += `== ${step.name ?? step.run}\n${result.stdout}${result.stderr}\n`;
      if (code === 0) code = result.exitCode;
      for (const [name, value] of outputsIn(readFileSync(outputFile, 'utf8')))
        outputs.set(`${step.id ?? ''}.${name}`, value);
    }
    this.asked.splice(0, Infinity, ...linesOf(path.join(this.folder, 'asked.txt')));
    return { code, output, outputs, summary: readFileSync(summaryFile, 'utf8') };
  }

  /** Terraform in a stack's folder. */
  async npm(...args: readonly string[]): Promise<{ code: number; output: string }> {
    const result = await this.aws.capture('npm', ['run', '--silent', ...args], this.clone);
    return { code: result.exitCode, output: result.stdout + result.stderr };
  }

  #settle(): void {
    // The packages are those of the working folder: there is nothing to install.
    const wanted = createHash('sha256').update(`${process.platform}-${process.arch}`);
    wanted.update(readFileSync(path.join(this.clone, 'package-lock.json')));
    writeFileSync(path.join(this.clone, 'node_modules', '.loadlab-setup'), wanted.digest('hex'));
    mkdirSync(path.join(this.folder, 'bin'));
    const gh = path.join(this.folder, 'bin', 'gh');
    writeFileSync(gh, '#!/bin/sh\necho "$*" >> "$GH_ASKED"\n');
    chmodSync(gh, 0o755);
    this.edit(
      'a small lab',
      (environment) => {
        Object.assign(environment, { database: 'none', mockOpenai: 'none', loadGenerator: 'none' });
        Object.assign(environment.proxy as object, { storeModelInDb: false });
      },
      withoutMock,
    );
  }
}

/** A config.yaml that needs no mock upstream. */
function withoutMock(text: string): string {
  return text.replaceAll('os.environ/MOCK_OPENAI_URL', 'http://upstream.internal:8080');
}

/** The conditions that the workflows use. */
function isDue({ if: condition }: Step, code: number, outputs: ReadonlyMap<string, string>): boolean {
  if (condition === undefined) return code === 0;
  if (condition.startsWith('always()')) return true;
  const [, name, value] = /^steps\.([\w.]+) == '(\w+)'$/.exec(condition.replace('.outputs.', '.')) ?? [];
  if (name === undefined) throw new Error(`the test does not know the condition ${condition}`);
  return code === 0 && outputs.get(name) === value;
}

function evaluate(text: string, expressions: Expressions): string {
  return text.replace(/\$\{\{ ([^}]+) \}\}/g, (_, name: string) => {
    const value = expressions[name];
    if (value === undefined) throw new Error(`the test has no value for ${name}`);
    return value;
  });
}

/** As GitHub reads them: `name=value`, or `name<<END … END`. */
function outputsIn(text: string): [string, string][] {
  const found: [string, string][] = [];
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const [, long, end] = /^(\w+)<<(.+)$/.exec(line) ?? [];
    const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (long !== undefined && end !== undefined) {
      const last = lines.indexOf(end, index);
      found.push([long, lines.slice(index + 1, last).join('\n')]);
      index = last;
    } else if (name !== undefined && value !== undefined) found.push([name, value]);
  }
  return found;
}

function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}
