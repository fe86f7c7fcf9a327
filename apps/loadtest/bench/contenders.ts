import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cores } from '@loadlab/mock-openai/bench/cores';
import type { Scenario } from '../src/scenario/scenario';
import { ProcessTree } from './process-tree';

/** The prompt of LiteLLM's published load test has so many bytes. */
export const PROMPT_BYTES = 16_350;

/** What contenders are started with. */
export interface Surroundings {
  readonly cores: Cores;
  /** Locust's interpreter's folder. */
  readonly pythonFolder: string;
  /** A file with the body that autocannon, wrk and hey send, the same each time; LoadLab and Locust make each unique. */
  readonly bodyFile: string;
}

export function writeBody(file: string): void {
  const content = 'x'.repeat(PROMPT_BYTES);
  writeFileSync(file, JSON.stringify({ model: 'mock', max_tokens: 16, messages: [{ role: 'user', content }] }));
}

export function scenarioOf(changes: Partial<Scenario>, promptBytes = PROMPT_BYTES): Scenario {
  return {
    name: 'bench',
    arrival: { closed: { users: 50, thinkTime: { min: 0, max: 0 } } },
    warmUp: 0,
    duration: 600,
    timeout: 60,
    request: {
      path: '/v1/chat/completions',
      model: 'mock',
      prompt: { bytes: promptBytes, unique: true },
      maxTokens: 16,
      stream: false,
      headers: {},
    },
    seed: 1,
    slo: {},
    ...changes,
  };
}

/** LoadLab's generator, all metrics on. */
export function startLoadLab({ cores }: Surroundings, origin: string, scenario: Scenario): ProcessTree {
  const command = [process.execPath, '--import', 'tsx', join(__dirname, 'loadlab-run.ts')];
  return new ProcessTree([...cores.load, ...command], {
    BENCH_SCENARIO: JSON.stringify(scenario),
    BENCH_URL: origin,
  });
}

/** What is to be measured of a peer: users without think time, or the users of the guide. */
export interface PeerLoad {
  readonly origin: string;
  readonly users: number;
  readonly seconds: number;
  readonly think: 'none' | 'guide';
}

/** A peer by its name, with what starts it. */
export type Peer = readonly [name: string, start: (surroundings: Surroundings, load: PeerLoad) => ProcessTree];

const locust =
  (user: string) =>
  ({ cores, pythonFolder }: Surroundings, { origin, users, seconds, think }: PeerLoad): ProcessTree =>
    new ProcessTree(
      [
        ...[...cores.load, join(pythonFolder, 'locust'), '-f', join(__dirname, 'locustfile.py'), user],
        ...['--headless', '--users', String(users), '--spawn-rate', '500', '--run-time', `${seconds}s`],
        ...['--host', origin, '--reset-stats', '--only-summary', '--skip-log', '--json'],
      ],
      { BENCH_THINK: think },
    );

export const LOCUST_FAST: Peer = ['Locust FastHttpUser', locust('FastHttpUserOfLocust')];
export const LOCUST_HTTP: Peer = ['Locust HttpUser', locust('HttpUserOfLocust')];

export const BARE_AUTOCANNON: Peer = [
  'autocannon, bare',
  ({ cores, bodyFile }, { origin, users }) =>
    new ProcessTree([...cores.load, process.execPath, join(__dirname, 'bare-autocannon.js')], {
      BENCH_URL: `${origin}/v1/chat/completions`,
      BENCH_CONNECTIONS: String(users),
      BENCH_BODY: bodyFile,
    }),
];

export const WRK: Peer = [
  'wrk',
  ({ cores, bodyFile }, { origin, users, seconds }) =>
    new ProcessTree(
      [
        ...[...cores.load, 'wrk', '--threads', '1', '--connections', String(users), '--duration', `${seconds}s`],
        ...['--script', join(__dirname, 'post.lua'), `${origin}/v1/chat/completions`],
      ],
      { BENCH_BODY: bodyFile },
    ),
];

export const HEY: Peer = [
  'hey',
  ({ cores, bodyFile }, { origin, users, seconds }) =>
    new ProcessTree([
      ...[...cores.load, 'hey', '-z', `${seconds}s`, '-c', String(users), '-cpus', '1', '-m', 'POST'],
      ...['-T', 'application/json', '-D', bodyFile, `${origin}/v1/chat/completions`],
    ]),
];
