import {
  type Counts,
  type EncodedHistogram,
  FAILURE_CLASSES,
  type Measurement,
  type SeriesSecond,
} from '../measurement/measurement';
import { addHistograms } from './distribution';

/** How many of the target's own words are kept of each failure class. */
const SAMPLES_PER_CLASS = 5;

/**
 * Rounds that ran one after another as one measurement: counters and histograms are added, windows laid end to end, and the
 * generator is as healthy as in its worst round. (Processes that ran at once share a window: that is `mergeMeasurements`.)
 * Joining in any order or grouping gives the same figures; only the series keeps the order.
 */
export function joinRounds(rounds: readonly Measurement[]): Measurement {
  const [first, ...others] = rounds;
  if (first === undefined) throw new Error('no round to join');
  return others.reduce(joinTwo, first);
}

function joinTwo(left: Measurement, right: Measurement): Measurement {
  const version = left.litellmVersion ?? right.litellmVersion;
  return {
    startedAt: left.startedAt < right.startedAt ? left.startedAt : right.startedAt,
    warmUpSeconds: left.warmUpSeconds,
    windowSeconds: left.windowSeconds + right.windowSeconds,
    partial: left.partial || right.partial,
    counts: addCounts(left.counts, right.counts),
    completedInWindow: left.completedInWindow + right.completedInWindow,
    censored: left.censored + right.censored,
    histograms: addAll(left.histograms, right.histograms),
    outputTokens: left.outputTokens + right.outputTokens,
    generator: {
      processes: Math.max(left.generator.processes, right.generator.processes),
      lostProcesses: left.generator.lostProcesses + right.generator.lostProcesses,
      cpu: Math.max(left.generator.cpu, right.generator.cpu),
      eventLoopUtilization: Math.max(left.generator.eventLoopUtilization, right.generator.eventLoopUtilization),
      dispatchLag: addHistograms([left.generator.dispatchLag, right.generator.dispatchLag]),
      maxRssMb: Math.max(left.generator.maxRssMb, right.generator.maxRssMb),
      capHit: left.generator.capHit || right.generator.capHit,
    },
    series: endToEnd(left, right),
    failureSamples: addFailureSamples([...left.failureSamples, ...right.failureSamples]),
    ...(version === undefined ? {} : { litellmVersion: version }),
  };
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

const HISTOGRAMS = [
  'timeToFirstToken',
  'interTokenGap',
  'streamTokenRateMilli',
  'headerOverhead',
  'queueing',
] as const satisfies (keyof Measurement['histograms'])[];

function addAll(left: Measurement['histograms'], right: Measurement['histograms']): Measurement['histograms'] {
  const sumOf = (name: keyof Measurement['histograms']): EncodedHistogram =>
    addHistograms([left[name], right[name]].filter((histogram) => histogram !== undefined));
  const present = HISTOGRAMS.filter((name) => left[name] !== undefined || right[name] !== undefined);
  return {
    latency: sumOf('latency'),
    serviceTime: sumOf('serviceTime'),
    failedLatency: sumOf('failedLatency'),
    ...Object.fromEntries(present.map((name) => [name, sumOf(name)])),
  };
}

/** Seconds of the windows alone: a drain would lie on top of the next round's start. */
function endToEnd(left: Measurement, right: Measurement): SeriesSecond[] {
  const offset = Math.ceil(left.windowSeconds);
  const inWindow = ({ series, windowSeconds }: Measurement): SeriesSecond[] =>
    series.filter(({ second }) => second >= 0 && second < windowSeconds);
  return [...inWindow(left), ...inWindow(right).map((entry) => ({ ...entry, second: entry.second + offset }))];
}

function addFailureSamples(samples: Measurement['failureSamples']): Measurement['failureSamples'] {
  const sums = new Map<string, Measurement['failureSamples'][number]>();
  for (const sample of samples) {
    const key = `${sample.class} ${sample.message}`;
    sums.set(key, { ...sample, count: sample.count + (sums.get(key)?.count ?? 0) });
  }
  const largestFirst = [...sums.values()].sort((left, right) => right.count - left.count);
  return FAILURE_CLASSES.flatMap((failureClass) =>
    largestFirst.filter((sample) => sample.class === failureClass).slice(0, SAMPLES_PER_CLASS),
  );
}
