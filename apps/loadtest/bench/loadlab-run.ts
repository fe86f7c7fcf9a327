import { generateLoad } from '../src/generator/generate-load';
import type { Scenario } from '../src/scenario/scenario';

/** LoadLab as a contender: runs the scenario of BENCH_SCENARIO against BENCH_URL and prints what it measured. */
async function main(): Promise<void> {
  const scenario = JSON.parse(process.env.BENCH_SCENARIO ?? '') as Scenario;
  const target = process.env.BENCH_URL ?? '';
  const measurement = await generateLoad({ scenario, target, idleRoundTripUs: 100, processes: 1 });
  process.stdout.write(JSON.stringify(measurement));
}

void main();
