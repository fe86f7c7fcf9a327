import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { synthesizeLab } from '../src';

/** What one synthesis took, from a cold start to its end. */
export interface ColdRun {
  readonly wallSeconds: number;
  /** Of all threads of all its processes. */
  readonly userSeconds: number;
  readonly systemSeconds: number;
  /** Peak of the resident memory of the largest process, 10^6 bytes. */
  readonly peakMb: number;
}

const usage = z.object({ userCPUTime: z.number(), systemCPUTime: z.number(), maxRSS: z.number() });

/** Synthesizes the root app once, in processes of its own that know nothing of an earlier run. */
export async function coldRun(root: string): Promise<ColdRun> {
  const work = mkdtempSync(join(tmpdir(), 'loadlab-bench-synth-'));
  const file = join(work, 'usage');
  try {
    const started = performance.now();
    await synthesizeLab({
      root,
      environment: 'benchmark',
      out: join(work, 'out'),
      programs: ['main.ts'],
      variables: {
        ...process.env,
        LOADLAB_USAGE_FILE: file,
        NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, 'report-usage.js'))}`,
      },
    });
    const wallSeconds = (performance.now() - started) / 1000;
    const processes = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => usage.parse(JSON.parse(line)));
    return {
      wallSeconds,
      userSeconds: sum(processes.map(({ userCPUTime }) => userCPUTime)) / 1e6,
      systemSeconds: sum(processes.map(({ systemCPUTime }) => systemCPUTime)) / 1e6,
      peakMb: (Math.max(...processes.map(({ maxRSS }) => maxRSS)) * 1024) / 1e6,
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
