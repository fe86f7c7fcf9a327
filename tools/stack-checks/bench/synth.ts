import { cpus, loadavg } from 'node:os';
import { workspaceRoot } from '@loadlab/foundation';
import { coldRun, type ColdRun } from './cold-run';

/**
 * `npm run bench:synth`: what a cold synthesis of the whole lab takes. The clock also counts what else the machine does, so that the
 * processor time stands beside it. Exit code 1 when a median misses its bar.
 */
const BARS = { wallSeconds: 1.5, peakMb: 250 };
const RUNS = 9;

const COLUMNS: readonly { readonly key: keyof ColdRun; readonly title: string; readonly digits: number }[] = [
  { key: 'wallSeconds', title: 'wall s', digits: 2 },
  { key: 'userSeconds', title: 'user s', digits: 2 },
  { key: 'systemSeconds', title: 'system s', digits: 2 },
  { key: 'peakMb', title: 'peak MB', digits: 0 },
];

async function main(): Promise<number> {
  const root = workspaceRoot();
  // Builds what later runs keep: the code of functions, compiled TypeScript.
  const first = await coldRun(root);
  const runs: ColdRun[] = [];
  for (let run = 0; run < RUNS; run++) runs.push(await coldRun(root));

  console.log(['', ...COLUMNS.map(({ title }) => title)].map((text, index) => cell(text, index)).join(''));
  print('first', first);
  print(
    'fastest',
    each(runs, (values) => Math.min(...values)),
  );
  const median = each(runs, medianOf);
  print('median', median);
  print(
    'slowest',
    each(runs, (values) => Math.max(...values)),
  );
  const [load = 0] = loadavg();
  console.log(`\n${RUNS} runs on ${cpus().length} processors; load of the machine ${load.toFixed(1)}`);

  const verdicts = [
    { what: 'wall clock', seen: median.wallSeconds, bar: BARS.wallSeconds, unit: 's', digits: 2 },
    { what: 'peak memory', seen: median.peakMb, bar: BARS.peakMb, unit: 'MB', digits: 0 },
  ].map(({ what, seen, bar, unit, digits }) => {
    const met = seen <= bar;
    console.log(`${met ? 'pass' : 'FAIL'}  ${what}: ${seen.toFixed(digits)} ${unit}, at most ${bar} ${unit}`);
    return met;
  });
  return verdicts.every(Boolean) ? 0 : 1;
}

function each(runs: readonly ColdRun[], choose: (values: readonly number[]) => number): ColdRun {
  const of = (key: keyof ColdRun): number => choose(runs.map((run) => run[key]));
  return {
    wallSeconds: of('wallSeconds'),
    userSeconds: of('userSeconds'),
    systemSeconds: of('systemSeconds'),
    peakMb: of('peakMb'),
  };
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? NaN;
}

function print(title: string, run: ColdRun): void {
  console.log(
    [title, ...COLUMNS.map(({ key, digits }) => run[key].toFixed(digits))]
      .map((text, index) => cell(text, index))
      .join(''),
  );
}

function cell(text: string, column: number): string {
  return column === 0 ? text.padEnd(10) : text.padStart(10);
}

void main().then((code) => {
  process.exitCode = code;
});
