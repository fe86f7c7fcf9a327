import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { largePlan } from '../test/plans/large-plan';

const RESOURCES = 5000;
const SECONDS = 1;
const MEGABYTES = 200;
const ROUNDS = 5;

/** `npm run bench:review`: a large plan, read and reviewed in a fresh process. The best of five rounds counts: others only add to what it takes. */
function main(): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'loadlab-review-'));
  try {
    const file = path.join(folder, 'plan.json');
    writeFileSync(file, JSON.stringify(largePlan(RESOURCES)));
    console.log(`${RESOURCES} resources, ${(statSync(file).size / 1024 ** 2).toFixed(1)} MiB of JSON`);
    const measured = ['json', 'markdown', 'html', 'terminal', 'sarif'].map((format) => {
      const rounds = Array.from({ length: ROUNDS }, () => measure(file, format));
      const best = (figure: keyof Measurement): number => Math.min(...rounds.map((round) => round[figure]));
      const figures = { seconds: best('seconds'), cpuSeconds: best('cpuSeconds'), megabytes: best('megabytes') };
      console.log(
        `${format.padEnd(9)} ${figures.seconds.toFixed(2)} s (${figures.cpuSeconds.toFixed(2)} s of CPU, all threads), ${figures.megabytes.toFixed(0)} MB`,
      );
      return figures;
    });
    const isOver = measured.some(({ seconds, megabytes }) => seconds > SECONDS || megabytes > MEGABYTES);
    console.log(`limit: ${SECONDS} s and ${MEGABYTES} MB${isOver ? ': exceeded' : ''}`);
    process.exitCode = isOver ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measurement {
  /** From the file's bytes to the text. */
  readonly seconds: number;
  /** Of all threads: what is left to judge by on a machine that has other things to do. */
  readonly cpuSeconds: number;
  /** The most that the process ever held. */
  readonly megabytes: number;
}

function measure(file: string, format: string): Measurement {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--require', 'tsx/cjs', path.join(__dirname, 'review-once.ts'), file, format],
    {
      encoding: 'utf8',
      timeout: 60_000,
    },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Measurement;
}

main();
