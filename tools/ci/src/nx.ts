import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InputError } from '@loadlab/foundation';
import { z } from 'zod';
import { foremost } from './exit-codes';

const reasonSchema = z.object({ folder: z.string(), reason: z.string() });

/** Runs Nx in a workspace, on one environment. */
export class Nx {
  /** Why tasks failed, by the folder of their project, in their own words: of all runs so far. */
  readonly reasons = new Map<string, string>();
  readonly #binary: string;

  constructor(
    private readonly root: string,
    private readonly variables: NodeJS.ProcessEnv,
  ) {
    this.#binary = path.join(root, 'node_modules', '.bin', 'nx');
  }

  /** Projects with a target that a change since a commit reaches; all of them without one. */
  projects(target: string, base?: string): string[] {
    const since = base === undefined ? [] : ['--affected', `--base=${base}`];
    const { status, stdout, stderr } = spawnSync(
      this.#binary,
      ['show', 'projects', '--with-target', target, '--json', ...since],
      { cwd: this.root, env: this.#environment(), encoding: 'utf8', maxBuffer: 1 << 26 },
    );
    if (status !== 0)
      throw new InputError([
        {
          file: 'nx',
          path: '',
          message: `cannot tell what is affected: ${stderr.trim()}`,
          hint: 'is the base a commit of this clone?',
        },
      ]);
    return z.array(z.string()).parse(JSON.parse(stdout)).sort();
  }

  /**
   * Runs targets of these synthesized projects in order, and of no others.
   * @returns the exit code of the tasks themselves where they left one, since Nx makes 1 of every failure
   */
  async run(
    targets: readonly string[],
    projects: readonly string[],
    variables: NodeJS.ProcessEnv = {},
  ): Promise<number> {
    if (projects.length === 0) return 0;
    const which = ['run-many', '-t', ...targets, '-p', ...projects, '--exclude-task-dependencies'];
    const folder = mkdtempSync(path.join(tmpdir(), 'loadlab-ci-'));
    const codes = path.join(folder, 'exit-codes');
    const reasons = path.join(folder, 'reasons');
    try {
      const code = await this.#spawn([...which, '--output-style=static'], {
        ...variables,
        LOADLAB_EXIT_CODES: codes,
        LOADLAB_REASONS: reasons,
      });
      for (const { folder: project, reason } of reasonsIn(reasons)) this.reasons.set(project, reason);
      return code === 0 ? 0 : foremost([code, ...exitCodesIn(codes)]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Synthesizes projects; what others publish for them is made first, or they would be taken from the cache wrongly. */
  synth(projects: readonly string[]): Promise<number> {
    if (projects.length === 0) return Promise.resolve(0);
    return this.#spawn(['run-many', '-t', 'synth', '-p', ...projects, '--output-style=static'], {});
  }

  /** Runs targets of all projects that a change since a commit reaches. @returns Nx's exit code */
  runAffected(targets: readonly string[], base: string): Promise<number> {
    return this.#spawn(['affected', '-t', ...targets, `--base=${base}`, '--output-style=static'], {});
  }

  #spawn(args: readonly string[], variables: NodeJS.ProcessEnv): Promise<number> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.#binary, args, {
        cwd: this.root,
        env: { ...this.#environment(), ...variables },
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(signal === null ? (code ?? 70) : 130));
    });
  }

  /** No cloud, no daemon that keeps another environment; plugins in-process start three times faster. */
  #environment(): NodeJS.ProcessEnv {
    return { ...this.variables, NX_NO_CLOUD: 'true', NX_DAEMON: 'false', NX_ISOLATE_PLUGINS: 'false' };
  }
}

function exitCodesIn(file: string): number[] {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map(Number) : [];
}

function reasonsIn(file: string): z.output<typeof reasonSchema>[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => reasonSchema.parse(JSON.parse(line)));
}
