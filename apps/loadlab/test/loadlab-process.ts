import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** How a run of the command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own in which the command line is run as a user would run it. */
export class Workbench {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'loadlab-cli-'));

  write(name: string, text: string): string {
    const file = path.join(this.folder, name);
    writeFileSync(file, text);
    return file;
  }

  /** Starts `loadlab …`; `during` may act on the running process. */
  run(
    args: readonly string[],
    options: { env?: NodeJS.ProcessEnv; during?: (child: ChildProcess) => void } = {},
  ): Promise<Ended> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [path.join(__dirname, '..', 'bin', 'loadlab.js'), ...args], {
        cwd: this.folder,
        env: { ...process.env, NO_COLOR: '1', ...options.env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      child.on('close', (code) => resolve({ code, stdout, stderr }));
      options.during?.(child);
    });
  }

  exists(name: string): boolean {
    return existsSync(path.join(this.folder, name));
  }

  read(name: string): string {
    return readFileSync(path.join(this.folder, name), 'utf8');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A scenario file with the given arrival; everything else is small. */
export function scenario(arrival: string, more = ''): string {
  return `name: known
arrival: { ${arrival} }
duration: 1s
timeout: 1s
request: { model: known, prompt: { text: hello }, maxTokens: 16 }
seed: 7
${more}`;
}
