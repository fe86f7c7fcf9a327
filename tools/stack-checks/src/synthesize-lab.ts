import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What is to be synthesized. */
export interface Synthesis {
  /** The workspace. */
  readonly root: string;
  /** A name under `environments/`, or a folder (with a slash). */
  readonly environment: string;
  /** Where to; made when it does not exist. */
  readonly out: string;
  /** Programs that synthesize, from the workspace's root. @default - every stack there is */
  readonly programs?: readonly string[];
  /** The shell's variables. @default - this process's */
  readonly variables?: NodeJS.ProcessEnv;
}

/** The root app has all stacks but the one that makes room for their states. */
const EVERY_STACK = ['main.ts', 'packages/state-backend/src/main.ts'];

/** Synthesizes as a user does, in processes of its own. @throws {Error} with what was said, when one fails */
export async function synthesizeLab(synthesis: Synthesis): Promise<void> {
  const { root, environment, out, programs = EVERY_STACK, variables = process.env } = synthesis;
  for (const program of programs) {
    const child = spawn(join(root, 'node_modules', '.bin', 'tsx'), [program], {
      cwd: root,
      env: { ...variables, CDKTF_OUTDIR: out, LOADLAB_ENVIRONMENT: environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [said, code] = await Promise.all([text(child.stderr), exitOf(child)]);
    if (code !== 0) throw new Error(`${program} for ${environment} ended with ${String(code)}:\n${said}`);
  }
}

function exitOf(child: ReturnType<typeof spawn>): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}
