import type { Scenario } from '../scenario/scenario';
import { rampUpMs } from './ramp-up';

/** What a run is doing: users come, the target warms up, the window is measured, its last requests are waited for. */
export type Phase = 'rampUp' | 'warmUp' | 'window' | 'drain';

/** The phases of a run, as milliseconds from its start. */
export interface Timeline {
  /** The end of the ramp-up, and the start of the warm-up. 0 for open arrivals, which have no ramp-up. */
  readonly rampedUpMs: number;
  readonly windowStartMs: number;
  /** No request starts from here on. */
  readonly windowEndMs: number;
}

/** The phases of a scenario's run. */
export function timelineOf({ arrival, warmUp, duration }: Scenario): Timeline {
  const rampedUpMs = 'closed' in arrival ? rampUpMs(arrival.closed.users, arrival.closed.rampUp) : 0;
  const windowStartMs = rampedUpMs + warmUp * 1_000;
  return { rampedUpMs, windowStartMs, windowEndMs: windowStartMs + duration * 1_000 };
}

/** The phase at a time, in milliseconds from the run's start. */
export function phaseAt({ rampedUpMs, windowStartMs, windowEndMs }: Timeline, timeMs: number): Phase {
  if (timeMs < rampedUpMs) return 'rampUp';
  if (timeMs < windowStartMs) return 'warmUp';
  return timeMs < windowEndMs ? 'window' : 'drain';
}

/** Whether a request that is meant to start at this time belongs to the cohort that every figure speaks of. */
export function inWindow({ windowStartMs, windowEndMs }: Timeline, timeMs: number): boolean {
  return timeMs >= windowStartMs && timeMs < windowEndMs;
}
