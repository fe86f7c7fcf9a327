import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chooseCores } from '@loadlab/mock-openai/bench/cores';
import { makePythonEnvironment } from '@loadlab/setup/steps';
import {
  BARE_AUTOCANNON,
  HEY,
  LOCUST_FAST,
  LOCUST_HTTP,
  type Peer,
  scenarioOf,
  startLoadLab,
  type Surroundings,
  WRK,
  writeBody,
} from './contenders';
import { raceForCpu, type Turn } from './cpu-race';
import { ANSWER_SECONDS, guideByLoadLab, guideByLocust, type GuideResult, LITTLES_BOUND } from './guide-load';
import { poissonByLoadLab, type PoissonResult, POISSON_RATE } from './poisson-load';
import { startCountingServer, startMock } from './servers';
import { median, medianRatio } from './statistics';
import { formatTable, formatVerdicts, type Verdict } from './table';

/**
 * `npm run bench:generator`: what LoadLab's load generator costs and how true its schedule is, next to its peers in the same
 * run. Contenders take turns; medians of rounds are shown (`--rounds 5`). Exit code 1 if a bar is missed.
 */
const BARS = {
  cpuOfBareAutocannon: 1.25,
  timesLessThanLocustFast: 6,
  rateWithin: 0.01,
  p50WithinMs: 2,
  p99BelowMs: 150,
  lagP99Ms: 5,
  megabytes: 200,
};
const SECONDS_PER_TURN = 4;
const CONNECTIONS = 50;
const LOADLAB = 'LoadLab';

const { values: flags } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const ROUNDS = Number(flags.rounds);
/** Of the loads whose own length makes them steady. */
const GUIDE_ROUNDS = Math.min(3, ROUNDS);

const root = join(__dirname, '..', '..', '..');
const folder = join(root, '.loadlab', 'bench-generator');
const progress = (text: string): void => void process.stderr.write(`${text}\n`);

async function main(): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const surroundings: Surroundings = {
    cores: chooseCores(),
    pythonFolder: await pythonWithLocust(),
    bodyFile: join(folder, 'body.json'),
  };
  writeBody(surroundings.bodyFile);
  const machine = `${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}`;
  console.log(`${machine}; ${surroundings.cores.description}; load average ${loadavg()[0]?.toFixed(1) ?? ''}`);
  const verdicts = [
    ...(await cpuPerRequest(surroundings)),
    ...(await guide(surroundings)),
    ...(await poisson(surroundings)),
  ];
  console.log(`\n${formatVerdicts(verdicts)}`);
  return verdicts.every(({ met }) => met) ? 0 : 1;
}

async function cpuPerRequest(surroundings: Surroundings): Promise<Verdict[]> {
  const server = await startCountingServer(surroundings.cores);
  try {
    const peers: Peer[] = [
      BARE_AUTOCANNON,
      ...installed(WRK, 'wrk'),
      ...installed(HEY, 'hey'),
      LOCUST_FAST,
      LOCUST_HTTP,
    ];
    const load = { origin: server.origin, users: CONNECTIONS, seconds: 600, think: 'none' } as const;
    const turns = await raceForCpu(
      [
        { name: LOADLAB, start: () => startLoadLab(surroundings, server.origin, scenarioOf({})) },
        ...peers.map(([name, start]) => ({ name, start: () => start(surroundings, load) })),
      ],
      { rounds: ROUNDS, seconds: SECONDS_PER_TURN, countRequests: server.count, onProgress: progress },
    );
    const costs = (name: string): number[] => (turns.get(name) ?? []).map(({ cpuPer1000 }) => cpuPer1000);
    console.log(
      `\nCPU seconds per 1,000 requests; ${CONNECTIONS} connections, prompts of 16 KB, medians of ${ROUNDS} rounds`,
    );
    console.log(
      formatTable([['generator', 'CPU s', 'per second', 'of LoadLab'], ...[...turns].map(costRow(costs(LOADLAB)))]),
    );
    const ofAutocannon = medianRatio(costs(LOADLAB), costs(BARE_AUTOCANNON[0]));
    const lessThanLocust = medianRatio(costs(LOCUST_FAST[0]), costs(LOADLAB));
    return [
      {
        what: 'CPU per request, of bare autocannon',
        measured: `${ofAutocannon.toFixed(2)} x`,
        bar: `at most ${BARS.cpuOfBareAutocannon} x`,
        met: ofAutocannon <= BARS.cpuOfBareAutocannon,
      },
      {
        what: "CPU per request, less than Locust's FastHttpUser",
        measured: `${lessThanLocust.toFixed(1)} x`,
        bar: `at least ${BARS.timesLessThanLocustFast} x`,
        met: lessThanLocust >= BARS.timesLessThanLocustFast,
      },
    ];
  } finally {
    await server.tree.stop();
  }
}

const costRow =
  (own: readonly number[]) =>
  ([name, turns]: readonly [string, readonly Turn[]]): string[] => {
    const costs = turns.map(({ cpuPer1000 }) => cpuPer1000);
    return [
      name,
      median(costs).toFixed(4),
      median(turns.map(({ perSecond }) => perSecond)).toFixed(0),
      `${medianRatio(costs, own).toFixed(2)} x`,
    ];
  };

async function guide(surroundings: Surroundings): Promise<Verdict[]> {
  const mock = await startMock(surroundings.cores, folder, `${ANSWER_SECONDS * 1_000}ms`);
  try {
    const results = new Map<string, GuideResult[]>([LOADLAB, LOCUST_FAST[0], LOCUST_HTTP[0]].map((name) => [name, []]));
    for (let round = 1; round <= GUIDE_ROUNDS; round += 1) {
      progress(`1,000 users, round ${round} of ${GUIDE_ROUNDS}: ${LOADLAB}`);
      results.get(LOADLAB)?.push(await guideByLoadLab(surroundings, mock.origin));
      // Peers are here for comparison: one round of each is enough of them.
      for (const peer of round === 1 ? [LOCUST_FAST, LOCUST_HTTP] : []) {
        progress(`1,000 users: ${peer[0]}`);
        results.get(peer[0])?.push(await guideByLocust(peer, surroundings, mock.origin));
      }
    }
    console.log(
      `\n1,000 users who think 0.5 to 1 s, prompts of 16 KB, answers after 100 ms; at most ${LITTLES_BOUND.toFixed(0)}/s`,
    );
    const head = ['generator', 'per second', 'p50 ms', 'p99 ms', 'failures', 'of a core', 'MB'];
    console.log(formatTable([head, ...[...results].map(guideRow)]));
    return guideVerdicts(results.get(LOADLAB) ?? []);
  } finally {
    await mock.tree.stop();
  }
}

function guideRow([name, results]: readonly [string, readonly GuideResult[]]): string[] {
  const of = (figure: keyof GuideResult, digits: number): string =>
    median(results.map((result) => result[figure])).toFixed(digits);
  return [
    name,
    of('perSecond', 1),
    of('p50', 1),
    of('p99', 1),
    of('failures', 0),
    of('cpu', 2),
    of('peakMegabytes', 0),
  ];
}

function guideVerdicts(results: readonly GuideResult[]): Verdict[] {
  const of = (figure: keyof GuideResult): number => median(results.map((result) => result[figure]));
  const share = of('perSecond') / LITTLES_BOUND;
  return [
    {
      what: "1,000 users: rate, of Little's bound",
      measured: share.toFixed(4),
      bar: `within ${BARS.rateWithin * 100} %`,
      met: Math.abs(share - 1) <= BARS.rateWithin,
    },
    {
      what: '1,000 users: p50',
      measured: `${of('p50').toFixed(1)} ms`,
      bar: `${ANSWER_SECONDS * 1_000} ms, give or take ${BARS.p50WithinMs}`,
      met: Math.abs(of('p50') - ANSWER_SECONDS * 1_000) <= BARS.p50WithinMs,
    },
    {
      what: '1,000 users: p99',
      measured: `${of('p99').toFixed(1)} ms`,
      bar: `below ${BARS.p99BelowMs} ms`,
      met: of('p99') < BARS.p99BelowMs,
    },
    {
      what: '1,000 users: memory of the generator process',
      measured: `${of('peakMegabytes').toFixed(0)} MB`,
      bar: `below ${BARS.megabytes} MB`,
      met: of('peakMegabytes') < BARS.megabytes,
    },
  ];
}

async function poisson(surroundings: Surroundings): Promise<Verdict[]> {
  const server = await startCountingServer(surroundings.cores);
  try {
    const results: PoissonResult[] = [];
    for (let round = 1; round <= GUIDE_ROUNDS; round += 1) {
      progress(`Poisson arrivals, round ${round} of ${GUIDE_ROUNDS}`);
      results.push(await poissonByLoadLab(surroundings, server.origin));
    }
    const of = (figure: keyof PoissonResult): number => median(results.map((result) => result[figure]));
    console.log(`\nPoisson arrivals at ${POISSON_RATE}/s`);
    const head = ['due', 'sent', 'answered', 'lag p50 ms', 'lag p99 ms', 'of a core'];
    const row = [of('due'), of('sent'), of('succeeded')].map(String);
    console.log(formatTable([head, [...row, of('lagP50').toFixed(2), of('lagP99').toFixed(2), of('cpu').toFixed(2)]]));
    return [
      {
        what: `Poisson ${POISSON_RATE}/s: sent, of what was due`,
        measured: `${of('sent')} of ${of('due')}`,
        bar: 'every one',
        met: results.every(({ due, sent, succeeded }) => due === sent && sent === succeeded),
      },
      {
        what: `Poisson ${POISSON_RATE}/s: p99 of the dispatch lag`,
        measured: `${of('lagP99').toFixed(2)} ms`,
        bar: `at most ${BARS.lagP99Ms} ms`,
        met: of('lagP99') <= BARS.lagP99Ms,
      },
    ];
  } finally {
    await server.tree.stop();
  }
}

function installed(peer: Peer, program: string): Peer[] {
  if (spawnSync(program, ['--version']).error === undefined) return [peer];
  progress(`${program} is not installed and left out (sudo apt-get install ${program})`);
  return [];
}

/** @returns the folder of its programs */
async function pythonWithLocust(): Promise<string> {
  const environment = join('.venv-bench', 'loadtest');
  mkdirSync(join(root, '.venv-bench'), { recursive: true });
  const step = makePythonEnvironment(root, {
    folder: environment,
    requirements: 'apps/loadtest/bench/requirements.lock',
    purpose: "Locust, the generator's peer; needs Python 3.11",
    megabytes: 110,
  });
  if (!step.done()) await step.run();
  return join(root, environment, 'bin');
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(70);
  },
);
