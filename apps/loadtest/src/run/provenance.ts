import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Provenance } from '../record/record-schema';

/** What of a record's provenance belongs to this machine and this copy of LoadLab. */
export type LocalProvenance = Pick<Provenance, 'loadlab' | 'gitSha' | 'node' | 'machine'>;

/** Looks at this machine and this copy of LoadLab. */
export function localProvenance(): LocalProvenance {
  const gitSha = revision();
  const processors = cpus();
  return {
    loadlab: version(),
    ...(gitSha === undefined ? {} : { gitSha }),
    node: process.version,
    machine: {
      cpu: processors[0]?.model.trim() ?? 'unknown',
      cores: Math.max(1, processors.length),
      memoryGb: Math.round(totalmem() / 2 ** 30),
      os: `${type()} ${release()}`,
    },
  };
}

function version(): string {
  const file = join(__dirname, '..', '..', 'package.json');
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}

/** The commit of the clone that this file lies in; undefined outside of one, or without git. */
function revision(): string | undefined {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: __dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
