import { setTimeout as sleep } from 'node:timers/promises';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import type { Measurement } from '../src/measurement/measurement';
import { type Peer, type PeerLoad, scenarioOf, startLoadLab, type Surroundings } from './contenders';
import { quantileOf } from './statistics';

/** The users of LiteLLM's published load test. */
const USERS = 1_000;
const RAMP_UP_PER_SECOND = 500;
const WARM_UP_SECONDS = 5;
const WINDOW_SECONDS = 20;
export const ANSWER_SECONDS = 0.1;
/** Users / (mean think time + answer time): more requests a second than that cannot be. */
export const LITTLES_BOUND = USERS / (0.75 + ANSWER_SECONDS);

/** What a contender reports of the guide's users. Times in milliseconds. */
export interface GuideResult {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failures: number;
  /** Share of a core; NaN when it was not read. */
  readonly cpu: number;
  /** The most that any of its processes had resident. */
  readonly peakMegabytes: number;
}

export async function guideByLoadLab(surroundings: Surroundings, origin: string): Promise<GuideResult> {
  const thinkTime = { min: 0.5, max: 1 };
  const scenario = scenarioOf({
    arrival: { closed: { users: USERS, thinkTime, rampUp: RAMP_UP_PER_SECOND } },
    warmUp: WARM_UP_SECONDS,
    duration: WINDOW_SECONDS,
  });
  const tree = startLoadLab(surroundings, origin, scenario);
  try {
    await sleep((USERS / RAMP_UP_PER_SECOND + WARM_UP_SECONDS + WINDOW_SECONDS) * 1_000);
    const [generator = NaN] = tree.peakMegabytes();
    const measured = JSON.parse(await tree.finished()) as Measurement;
    const latency = decodeFromCompressedBase64(measured.histograms.latency);
    return {
      perSecond: measured.completedInWindow / measured.windowSeconds,
      p50: latency.getValueAtPercentile(50) / 1_000,
      p99: latency.getValueAtPercentile(99) / 1_000,
      failures: measured.counts.started - measured.counts.succeeded,
      cpu: measured.generator.cpu,
      peakMegabytes: generator,
    };
  } finally {
    await tree.stop();
  }
}

export async function guideByLocust([, start]: Peer, surroundings: Surroundings, origin: string): Promise<GuideResult> {
  const load: PeerLoad = { origin, users: USERS, seconds: WARM_UP_SECONDS + WINDOW_SECONDS, think: 'guide' };
  const tree = start(surroundings, load);
  try {
    await sleep(WARM_UP_SECONDS * 1_000);
    const from = tree.cpuSeconds();
    await sleep((WINDOW_SECONDS - 2) * 1_000);
    const cpu = (tree.cpuSeconds() - from) / (WINDOW_SECONDS - 2);
    const [peakMegabytes = NaN] = tree.peakMegabytes();
    return { ...readLocust(await tree.finished()), cpu, peakMegabytes };
  } finally {
    await tree.stop();
  }
}

/** What `locust --json` prints, as far as it is read. Times in seconds since 1970, responses in milliseconds by how many. */
interface LocustEntry {
  readonly num_requests: number;
  readonly num_failures: number;
  readonly start_time: number;
  readonly last_request_timestamp: number;
  readonly response_times: Readonly<Record<string, number>>;
}

function readLocust(output: string): Omit<GuideResult, 'cpu' | 'peakMegabytes'> {
  const [entry] = JSON.parse(output.slice(output.indexOf('['))) as LocustEntry[];
  if (entry === undefined) throw new Error(`locust measured nothing:\n${output}`);
  const times = Object.entries(entry.response_times).map(([value, count]) => [Number(value), count] as const);
  return {
    perSecond: entry.num_requests / (entry.last_request_timestamp - entry.start_time),
    p50: quantileOf(times, 0.5),
    p99: quantileOf(times, 0.99),
    failures: entry.num_failures,
  };
}
