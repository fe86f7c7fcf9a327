import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findChromium, onPath } from '@loadlab/setup/tools';

/** What the local checks look at; passed in so that a test can stand for any machine. */
export interface Machine {
  readonly nodeVersion: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly freeDiskGb: number;
  /** Processes waiting for a core over the last minute, per core. */
  readonly loadPerCore: number;
  readonly chromium: string | undefined;
  /** Version of the LiteLLM in `.venv`; undefined without one. */
  readonly liteLlmVersion: string | undefined;
  /** First line of `terraform version`; undefined when it is not on the PATH. */
  readonly terraformVersion: () => Promise<string | undefined>;
}

/** This machine; `root` is the workspace's folder. */
export function thisMachine(root: string): Machine {
  const disk = statfsSync(root);
  return {
    nodeVersion: process.versions.node,
    cores: os.availableParallelism(),
    memoryGb: os.totalmem() / 1024 ** 3,
    freeDiskGb: (disk.bavail * disk.bsize) / 1024 ** 3,
    loadPerCore: (os.loadavg()[0] ?? 0) / os.availableParallelism(),
    chromium: findChromium(),
    liteLlmVersion: lockedLiteLlm(root),
    terraformVersion: () => firstLine('terraform', ['version']),
  };
}

/** The environment is made from the lock, so the lock says its version: asking LiteLLM itself costs seconds of imports. */
function lockedLiteLlm(root: string): string | undefined {
  if (!existsSync(path.join(root, '.venv', 'bin', 'litellm'))) return undefined;
  const lock = readFileSync(path.join(root, 'tools', 'python', 'litellm', 'requirements.lock'), 'utf8');
  return /^litellm(?:\[[^\]]*\])?==(\S+)/m.exec(lock)?.[1];
}

async function firstLine(command: string, args: readonly string[]): Promise<string | undefined> {
  if (onPath(command) === undefined) return undefined;
  const { stdout } = await promisify(execFile)(command, args, {
    env: { ...process.env, CHECKPOINT_DISABLE: '1' },
    timeout: 20_000,
  });
  return stdout.split('\n')[0];
}
