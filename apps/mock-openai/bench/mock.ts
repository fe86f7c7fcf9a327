import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { bundleMockOpenAi } from '../src';
import type { Contender } from './contender';
import { chooseCores, type Cores } from './cores';
import { carryInFlight } from './in-flight';
import { median, medianRatio, race, type Turn } from './race';
import { Servers } from './servers';
import { formatTable } from './table';
import { hasWrk } from './wrk';

/**
 * `npm run bench:mock`: how fast the mock answers, next to the least that a server on node:http can do and to what one writes with FastAPI.
 * All three give the same JSON to the same request, from one process, in the same run. Exit code 1 if a bar is missed.
 */
const BARS = { bare: 0.7, fastapi: 5 };
const PROMPTS = [100, 16_350];
const CONNECTIONS = 50;
const ROUNDS = 7;
const SECONDS_PER_TURN = 2;
const IN_FLIGHT = 10_000;

const ROOT = join(__dirname, '..', '..', '..');

async function main(): Promise<number> {
  if (!hasWrk()) {
    console.error('wrk is missing; it makes the load.\n  -> sudo apt-get install wrk   (macOS: brew install wrk)');
    return 3;
  }
  const cores = chooseCores();
  const servers = new Servers(ROOT, cores.server);
  try {
    const { file } = await bundleMockOpenAi(join(ROOT, '.loadlab', 'bench-mock', 'main.js'));
    const mock = await servers.mock('mock', file, '--latency', '0ms');
    const answer = await mock.answer();
    const racers = { mock, bare: await servers.bare(answer), fastapi: await servers.fastApi(answer) };
    console.log(`${machine()}; ${cores.description}`);
    let passed = true;
    for (const promptBytes of PROMPTS) {
      const turns = await race(Object.values(racers), {
        ...{ promptBytes, connections: CONNECTIONS, rounds: ROUNDS, secondsPerTurn: SECONDS_PER_TURN, cores },
        onProgress: (text) => process.stderr.write(`${text}\n`),
      });
      passed = report(promptBytes, turns, racers) && passed;
    }
    // Spread, or all that were opened at once would come due at once, again and again.
    await reportInFlight(await servers.mock('in flight', file, '--latency', '1s', '--latency-sigma', '0.3'), cores);
    return passed ? 0 : 1;
  } finally {
    await servers.stop();
  }
}

function machine(): string {
  return `${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}, load average ${loadavg()[0]?.toFixed(1) ?? '?'}`;
}

interface Racers {
  readonly mock: Contender;
  readonly bare: Contender;
  readonly fastapi: Contender;
}

/** Prints a table of one race. @returns whether the bars were met */
function report(promptBytes: number, turns: ReadonlyMap<Contender, Turn[]>, { mock, bare, fastapi }: Racers): boolean {
  const of = (racer: Contender): Turn[] => turns.get(racer) ?? [];
  const verdicts = [
    { racer: bare, bar: BARS.bare },
    { racer: fastapi, bar: BARS.fastapi },
  ].map(({ racer, bar }) => ({ racer, bar, ratio: medianRatio(of(mock), of(racer)) }));
  const row = (racer: Contender): string[] => {
    const verdict = verdicts.find((one) => one.racer === racer);
    return [
      racer.name,
      median(of(racer).map(({ perCpuSecond }) => perCpuSecond)).toFixed(0),
      median(of(racer).map(({ perSecond }) => perSecond)).toFixed(0),
      verdict === undefined ? '' : `${verdict.ratio.toFixed(2)} x`,
      verdict === undefined ? '' : `${verdict.bar} x`,
      verdict === undefined ? '' : verdict.ratio >= verdict.bar ? 'pass' : 'FAIL',
    ];
  };
  console.log(`\nJSON answers, prompt of ${promptBytes} B, ${CONNECTIONS} connections, medians of ${ROUNDS} rounds`);
  const head = ['server', 'per CPU second', 'per second', 'mock is', 'at least', ''];
  console.log(formatTable([head, row(mock), row(bare), row(fastapi)]));
  return verdicts.every(({ ratio, bar }) => ratio >= bar);
}

async function reportInFlight(mock: Contender, cores: Cores): Promise<void> {
  const { inFlight, total, seconds, lateness } = await carryInFlight(mock, IN_FLIGHT, cores);
  const milliseconds = (microseconds = 0): string => `${(microseconds / 1000).toFixed(2)} ms`;
  console.log(
    `\nMedian latency of 1 s, ${IN_FLIGHT} connections: ${inFlight} in flight, ${(total / seconds).toFixed(0)} answers a second`,
  );
  console.log(
    `behind the schedule: p50 ${milliseconds(lateness.p50)}, p99 ${milliseconds(lateness.p99)}; the earliest ${milliseconds(lateness.min)} after its time`,
  );
}

/** Of the set-up: says what a person must mend. */
interface Remedied extends Error {
  readonly remedy: string;
  readonly exitCode: number;
}

function isRemedied(error: unknown): error is Remedied {
  return error instanceof Error && 'remedy' in error;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (!isRemedied(error)) throw error;
    console.error(`${error.message}\n  -> ${error.remedy}`);
    process.exit(error.exitCode);
  },
);
