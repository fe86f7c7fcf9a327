import { encodePairs } from '../recorder/microsecond-histogram';
import type { Scenario } from '../scenario/scenario';
import { type FailureClass, FAILURE_CLASSES, type Measurement } from './measurement';

/** What is left of a process that was lost: nothing but the fact. Merged with the others it changes no figure of theirs. */
export function lostMeasurement({ warmUp }: Pick<Scenario, 'warmUp'>, windowSeconds: number, now: Date): Measurement {
  const nothing = encodePairs([], 3);
  return {
    startedAt: now.toISOString(),
    warmUpSeconds: warmUp,
    windowSeconds,
    partial: false,
    counts: {
      started: 0,
      succeeded: 0,
      unfinished: 0,
      failed: Object.fromEntries(FAILURE_CLASSES.map((name) => [name, 0])) as Record<FailureClass, number>,
    },
    completedInWindow: 0,
    censored: 0,
    histograms: { latency: nothing, serviceTime: nothing, failedLatency: nothing },
    outputTokens: 0,
    generator: {
      processes: 1,
      lostProcesses: 1,
      cpu: 0,
      eventLoopUtilization: 0,
      dispatchLag: nothing,
      maxRssMb: 0,
      capHit: false,
    },
    series: [],
    failureSamples: [],
  };
}
