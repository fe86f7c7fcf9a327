import { type Counts, FAILURE_CLASSES, type FailureClass, type Measurement } from '../../src/measurement/measurement';
import { buildRecord, type RecordContext } from '../../src/record/build-record';
import type { RunRecord } from '../../src/record/record-schema';
import type { Scenario } from '../../src/scenario/scenario';
import { encodeValues } from './encode-values';

/** What a synthetic target does; times in milliseconds. */
export interface SyntheticTarget {
  readonly seed?: number;
  readonly startedAt?: string;
  readonly seconds?: number;
  readonly rate?: number;
  /** Constant part of the latency, and median and sigma of the log-normal part. */
  readonly base?: number;
  readonly tail?: number;
  readonly sigma?: number;
  /** Share of requests that fail, by class. */
  readonly failing?: Partial<Record<FailureClass, number>>;
  readonly timeout?: number;
  /** Whether answers carry LiteLLM's headers. */
  readonly gateway?: boolean;
  readonly streaming?: boolean;
  readonly cpu?: number;
  readonly lag?: number;
  readonly partial?: boolean;
}

interface SecondInTheMaking {
  readonly second: number;
  started: number;
  succeeded: number;
  failed: number;
  readonly failedByClass: Partial<Record<FailureClass, number>>;
  readonly values: number[];
}

/** Mulberry32, so that the same seed makes the same run. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A measurement as an engine would have made it against such a target, with real histograms and counts that close. */
export function syntheticMeasurement(target: SyntheticTarget = {}): Measurement {
  const { seconds = 20, rate = 100, base = 100, tail = 4, sigma = 0.6, failing = {}, timeout = 60_000 } = target;
  const { gateway = true, streaming = false, cpu = 0.31, lag = 0.4, partial = false } = target;
  const random = randomNumbers(target.seed ?? 1);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const logNormal = (median: number, spread: number): number => median * Math.exp(spread * normal());

  const latency: number[] = [];
  const serviceTime: number[] = [];
  const failedLatency: number[] = [];
  const headerOverhead: number[] = [];
  const queueing: number[] = [];
  const timeToFirstToken: number[] = [];
  const interTokenGap: number[] = [];
  const streamTokenRateMilli: number[] = [];
  const failed = Object.fromEntries(FAILURE_CLASSES.map((name) => [name, 0])) as Record<FailureClass, number>;
  const series: SecondInTheMaking[] = Array.from({ length: seconds }, (_, second) => ({
    second,
    started: 0,
    succeeded: 0,
    failed: 0,
    failedByClass: {},
    values: [],
  }));
  const started = Math.round(seconds * rate);
  let completedInWindow = 0;
  for (let index = 0; index < started; index++) {
    const startedSecond = (index + random()) / rate;
    const second = series[Math.min(seconds - 1, Math.floor(startedSecond))]!;
    const failureClass = chosenClass(failing, random());
    const microseconds = (milliseconds: number): number => Math.max(1, Math.round(milliseconds * 1000));
    const overhead = logNormal(tail * 0.6, sigma);
    const waiting = logNormal(tail * 0.4, sigma);
    const duration = failureClass === 'timeout' ? timeout : base + overhead + waiting;
    const completion = series[Math.floor(startedSecond + duration / 1000)];
    second.started++;
    if (failureClass !== undefined) {
      failed[failureClass]++;
      (failureClass === 'timeout' ? latency : failedLatency).push(
        microseconds(failureClass === 'timeout' ? timeout : 12),
      );
      if (completion !== undefined) {
        completion.failed++;
        completion.failedByClass[failureClass] = (completion.failedByClass[failureClass] ?? 0) + 1;
      }
      continue;
    }
    latency.push(microseconds(duration));
    serviceTime.push(microseconds(duration - 0.05));
    headerOverhead.push(microseconds(overhead));
    queueing.push(microseconds(waiting));
    if (streaming) {
      timeToFirstToken.push(microseconds(base / 2 + overhead));
      for (let token = 1; token < 16; token++) interTokenGap.push(microseconds(10 + logNormal(0.4, sigma)));
      streamTokenRateMilli.push(Math.round((16_000 * 1000) / duration));
    }
    if (completion === undefined) continue;
    completedInWindow++;
    completion.succeeded++;
    completion.values.push(microseconds(duration));
  }
  const failures = FAILURE_CLASSES.reduce((sum, name) => sum + failed[name], 0);
  const counts: Counts = { started, succeeded: started - failures, unfinished: 0, failed };
  return {
    startedAt: target.startedAt ?? '2026-11-23T12:00:00.000Z',
    warmUpSeconds: 5,
    windowSeconds: seconds,
    partial,
    counts,
    completedInWindow,
    censored: failed.timeout,
    histograms: {
      latency: encodeValues(latency),
      serviceTime: encodeValues(serviceTime),
      failedLatency: encodeValues(failedLatency),
      ...(gateway ? { headerOverhead: encodeValues(headerOverhead), queueing: encodeValues(queueing) } : {}),
      ...(streaming
        ? {
            timeToFirstToken: encodeValues(timeToFirstToken),
            interTokenGap: encodeValues(interTokenGap),
            streamTokenRateMilli: encodeValues(streamTokenRateMilli),
          }
        : {}),
    },
    outputTokens: 16 * counts.succeeded,
    generator: {
      processes: 1,
      lostProcesses: 0,
      cpu,
      eventLoopUtilization: cpu * 0.9,
      dispatchLag: encodeValues(Array.from({ length: started }, () => Math.max(1, logNormal(lag * 250, 0.6)))),
      maxRssMb: 112,
      capHit: false,
    },
    series: series.map(({ values, ...second }) => ({
      ...second,
      ...(values.length === 0 ? {} : { latency: encodeValues(values, 2) }),
    })),
    failureSamples: FAILURE_CLASSES.filter((name) => failed[name] > 0).map((name) => ({
      class: name,
      message: `<b>${name}</b>: the target's own words & more`,
      count: failed[name],
    })),
    ...(gateway ? { litellmVersion: '1.108.7' } : {}),
  };
}

export const guide: Scenario = {
  name: 'guide',
  description: "LiteLLM's published benchmark",
  arrival: { closed: { users: 1000, thinkTime: { min: 0.5, max: 1 }, rampUp: 500 } },
  warmUp: 5,
  duration: 60,
  timeout: 60,
  request: {
    path: '/v1/chat/completions',
    model: 'fake-openai-endpoint',
    prompt: { bytes: 16_350, unique: true },
    maxTokens: 16,
    stream: false,
    headers: {},
  },
  seed: 1,
  slo: { p50: 0.11, p95: 0.16, p99: 0.25, errorRate: 0.001, rate: 90, overheadP95: 0.008 },
};

/** What a record says besides what was measured, with everything that could vary held still. */
export function syntheticContext(change: Partial<RecordContext> = {}): RecordContext {
  return {
    id: '0b5e7a52-4a0e-4c55-9a7e-5f0c7f6f0001',
    scenario: guide,
    target: 'http://127.0.0.1:4000',
    provenance: {
      loadlab: '0.1.0',
      gitSha: '0123456789abcdef0123456789abcdef01234567',
      node: 'v20.19.0',
      machine: { cpu: 'Example CPU @ 2.60GHz', cores: 2, memoryGb: 16, os: 'Linux 6.1' },
      gateway: { tasks: 1, workersPerTask: 2 },
      labels: { purpose: 'test' },
    },
    ...change,
  };
}

/** A record of `pairs` rounds through a gateway that adds a few milliseconds, each with its direct round. */
export function syntheticRecord(pairs = 3, change: Partial<RecordContext> = {}): RunRecord {
  const rounds = Array.from({ length: pairs }, (_, index) => index);
  const startedAt = (minute: number): string => new Date(Date.UTC(2026, 10, 23, 12, minute)).toISOString();
  return buildRecord(
    {
      target: rounds.map((index) => syntheticMeasurement({ seed: 2 * index + 1, startedAt: startedAt(4 * index) })),
      direct: {
        target: 'http://127.0.0.1:8080',
        rounds: rounds.map((index) =>
          syntheticMeasurement({
            seed: 2 * index + 2,
            startedAt: startedAt(4 * index + 2),
            tail: 0.4,
            sigma: 0.3,
            gateway: false,
          }),
        ),
      },
    },
    syntheticContext({
      rounds: rounds.flatMap((index) => [
        { kind: 'direct' as const, file: `direct-${index + 1}.json` },
        { kind: 'target' as const, file: `result-${index + 1}.json` },
      ]),
      ...change,
    }),
  );
}

function chosenClass(failing: Partial<Record<FailureClass, number>>, draw: number): FailureClass | undefined {
  let below = 0;
  return FAILURE_CLASSES.find((name) => draw < (below += failing[name] ?? 0));
}
