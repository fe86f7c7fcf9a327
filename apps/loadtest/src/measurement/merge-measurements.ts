import { decodeFromCompressedBase64, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { joinVersions } from '../recorder/versions-seen';
import {
  type Counts,
  type EncodedHistogram,
  FAILURE_CLASSES,
  type GeneratorHealth,
  type Measurement,
  type SeriesSecond,
} from './measurement';

/**
 * Adds up what processes measured that shared one window and one schedule. Nothing is averaged: counters are summed,
 * histograms added bucket by bucket, the generator is as healthy as its worst process, and a second of the series is the same
 * second everywhere. The order and the grouping make no difference. (Rounds that ran one after another lay their windows end
 * to end instead: `joinRounds`.)
 * @throws {Error} when there is nothing to merge
 */
export function mergeProcesses(measurements: readonly Measurement[]): Measurement {
  const [first, ...others] = measurements;
  if (first === undefined) throw new Error('no measurement to merge');
  return others.reduce(mergeTwo, inOrder(first));
}

/** Adds histograms of the same make, bucket by bucket. */
export function addHistograms(left: EncodedHistogram, right: EncodedHistogram): EncodedHistogram {
  const sum = decodeFromCompressedBase64(left);
  sum.add(decodeFromCompressedBase64(right));
  return encodeIntoCompressedBase64(sum);
}

function mergeTwo(left: Measurement, right: Measurement): Measurement {
  const version = joinVersions([left.litellmVersion, right.litellmVersion].filter((text) => text !== undefined));
  return {
    startedAt: left.startedAt < right.startedAt ? left.startedAt : right.startedAt,
    warmUpSeconds: Math.max(left.warmUpSeconds, right.warmUpSeconds),
    // The same for all, but for the milliseconds between the ends of processes that were interrupted together.
    windowSeconds: Math.max(left.windowSeconds, right.windowSeconds),
    partial: left.partial || right.partial,
    counts: addCounts(left.counts, right.counts),
    completedInWindow: left.completedInWindow + right.completedInWindow,
    censored: left.censored + right.censored,
    histograms: addAll(left.histograms, right.histograms),
    outputTokens: left.outputTokens + right.outputTokens,
    generator: worstOf(left.generator, right.generator),
    series: addSeries(left.series, right.series),
    failureSamples: addFailureSamples([...left.failureSamples, ...right.failureSamples]),
    ...(version === undefined ? {} : { litellmVersion: version }),
  };
}

/** Lists in the order that merging gives them, so that a single process's measurement looks like a merged one. */
function inOrder(measurement: Measurement): Measurement {
  return { ...measurement, failureSamples: addFailureSamples(measurement.failureSamples) };
}

function addCounts(left: Counts, right: Counts): Counts {
  const failed = { ...left.failed };
  for (const failureClass of FAILURE_CLASSES) failed[failureClass] += right.failed[failureClass];
  return {
    started: left.started + right.started,
    succeeded: left.succeeded + right.succeeded,
    unfinished: left.unfinished + right.unfinished,
    failed,
  };
}

const ABSENT_WHEN_EMPTY = [
  'timeToFirstToken',
  'interTokenGap',
  'streamTokenRateMilli',
  'headerOverhead',
  'queueing',
] as const satisfies (keyof Measurement['histograms'])[];

function addAll(left: Measurement['histograms'], right: Measurement['histograms']): Measurement['histograms'] {
  const sums = ABSENT_WHEN_EMPTY.map((name) => [name, addPresent(left[name], right[name])] as const);
  return {
    latency: addHistograms(left.latency, right.latency),
    serviceTime: addHistograms(left.serviceTime, right.serviceTime),
    failedLatency: addHistograms(left.failedLatency, right.failedLatency),
    ...Object.fromEntries(sums.filter(([, sum]) => sum !== undefined)),
  };
}

function addPresent(
  left: EncodedHistogram | undefined,
  right: EncodedHistogram | undefined,
): EncodedHistogram | undefined {
  return left === undefined || right === undefined ? (left ?? right) : addHistograms(left, right);
}

function worstOf(left: GeneratorHealth, right: GeneratorHealth): GeneratorHealth {
  return {
    processes: left.processes + right.processes,
    lostProcesses: left.lostProcesses + right.lostProcesses,
    cpu: Math.max(left.cpu, right.cpu),
    eventLoopUtilization: Math.max(left.eventLoopUtilization, right.eventLoopUtilization),
    dispatchLag: addHistograms(left.dispatchLag, right.dispatchLag),
    maxRssMb: Math.max(left.maxRssMb, right.maxRssMb),
    capHit: left.capHit || right.capHit,
  };
}

/** Second n of one is second n of the other; the longer goes on alone. */
function addSeries(left: readonly SeriesSecond[], right: readonly SeriesSecond[]): SeriesSecond[] {
  const bySecond = new Map(left.map((entry) => [entry.second, entry]));
  for (const entry of right) {
    const same = bySecond.get(entry.second);
    bySecond.set(entry.second, same === undefined ? entry : addSeconds(same, entry));
  }
  return [...bySecond.values()].sort((one, other) => one.second - other.second);
}

function addSeconds(left: SeriesSecond, right: SeriesSecond): SeriesSecond {
  const failedByClass = { ...left.failedByClass };
  for (const failureClass of FAILURE_CLASSES) {
    const count = (left.failedByClass[failureClass] ?? 0) + (right.failedByClass[failureClass] ?? 0);
    if (count > 0) failedByClass[failureClass] = count;
  }
  const latency = addPresent(left.latency, right.latency);
  return {
    second: left.second,
    started: left.started + right.started,
    succeeded: left.succeeded + right.succeeded,
    failed: left.failed + right.failed,
    failedByClass,
    ...(latency === undefined ? {} : { latency }),
  };
}

/**
 * Samples with the same class and message become one, in a fixed order. None is dropped here, since what is dropped first would
 * depend on the order; each process keeps a handful, so there are never many.
 */
function addFailureSamples(samples: Measurement['failureSamples']): Measurement['failureSamples'] {
  const sums = new Map<string, Measurement['failureSamples'][number]>();
  for (const sample of samples) {
    const key = `${sample.class} ${sample.message}`;
    sums.set(key, { ...sample, count: sample.count + (sums.get(key)?.count ?? 0) });
  }
  return [...sums.values()].sort(
    (left, right) =>
      FAILURE_CLASSES.indexOf(left.class) - FAILURE_CLASSES.indexOf(right.class) ||
      right.count - left.count ||
      (left.message < right.message ? -1 : 1),
  );
}
