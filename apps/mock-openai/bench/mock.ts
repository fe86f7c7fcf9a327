import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { makePythonEnvironment } from '@loadlab/setup/steps';
import { bundleMockOpenAi } from '../src';
import { Contender } from './contender';
import { chooseCores, type Cores } from './cores';
import { carryInFlight } from './in-flight';
import { median, medianRatio, race, type Turn } from './race';
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

const root = join(__dirname, '..', '..', '..');
const request = { model: 'mock', messages: [{ role: 'user', content: 'Say something.' }] };

async function main(): Promise<number> {
  if (!hasWrk()) {
    console.error('wrk is missing; it makes the load.\n  -> sudo apt-get install wrk   (macOS: brew install wrk)');
    return 3;
  }
  const python = await pythonWithFastApi();
  const cores = chooseCores();
  const started: Contender[] = [];
  try {
    const { file } = await bundleMockOpenAi(join(root, '.loadlab', 'bench-mock', 'main.js'));
    const start = async (...options: Parameters<typeof contender>): Promise<Contender> => {
      const made = contender(...options);
      started.push(made);
      await made.answer(request);
      return made;
    };
    const flags = (port: number, latency: string) => [
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--latency',
      latency,
    ];
    const mock = await start('mock', cores, await freePort(), (port) => [
      process.execPath,
      file,
      ...flags(port, '0ms'),
    ]);
    const answer = await mock.answer(request);
    const bareScript = join(__dirname, 'bare-server.js');
    const bare = await start('bare node:http', cores, await freePort(), () => [process.execPath, bareScript], answer);
    const fastapi = await start('FastAPI, uvicorn', cores, await freePort(), (port) => uvicorn(python, port), answer);

    console.log(
      `${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}; ${cores.description}; load average ${loadavg()[0]?.toFixed(1) ?? ''}`,
    );
    let passed = true;
    for (const promptBytes of PROMPTS) {
      const turns = await race([mock, bare, fastapi], {
        ...{ promptBytes, connections: CONNECTIONS, rounds: ROUNDS, secondsPerTurn: SECONDS_PER_TURN, cores },
        onProgress: (text) => process.stderr.write(`${text}\n`),
      });
      passed = report(promptBytes, turns, { mock, bare, fastapi }) && passed;
    }
    await reportInFlight(
      await start('mock in flight', cores, await freePort(), (port) => [process.execPath, file, ...flags(port, '1s')]),
      cores,
    );
    return passed ? 0 : 1;
  } finally {
    await Promise.all(started.map((one) => one.stop()));
  }
}

function contender(
  name: string,
  cores: Cores,
  port: number,
  command: (port: number) => readonly string[],
  answer = '',
): Contender {
  return new Contender({
    name,
    port,
    command: [...cores.server, ...command(port)],
    environment: { BENCH_ANSWER: answer },
  });
}

/** Its fastest settings: uvloop, httptools, no access log. */
function uvicorn(python: string, port: number): readonly string[] {
  return [
    ...[python, '-m', 'uvicorn', 'fastapi_mock:app', '--app-dir', __dirname],
    ...['--port', String(port), '--loop', 'uvloop', '--http', 'httptools', '--no-access-log', '--log-level', 'warning'],
  ];
}

/** @returns its interpreter */
async function pythonWithFastApi(): Promise<string> {
  mkdirSync(join(root, '.loadlab'), { recursive: true });
  const folder = join('.venv-bench', 'mock-openai');
  const step = makePythonEnvironment(root, {
    folder,
    requirements: 'apps/mock-openai/bench/requirements.lock',
    purpose: "FastAPI, the mock's peer",
    megabytes: 60,
  });
  if (!step.done()) await step.run();
  return join(root, folder, 'bin', 'python');
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
    `\nLatency of 1 s, ${IN_FLIGHT} connections: ${inFlight} in flight, ${(total / seconds).toFixed(0)} answers a second`,
  );
  console.log(
    `behind the schedule: p50 ${milliseconds(lateness.p50)}, p99 ${milliseconds(lateness.p99)}; the earliest ${milliseconds(lateness.min)} after its time`,
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
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
