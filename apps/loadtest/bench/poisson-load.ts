import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import type { Measurement } from '../src/measurement/measurement';
import { poissonArrivals } from '../src/schedule/arrivals';
import { randomStream } from '../src/schedule/random-stream';
import { scenarioOf, startLoadLab, type Surroundings } from './contenders';

export const POISSON_RATE = 5_000;
const WARM_UP_SECONDS = 2;
const WINDOW_SECONDS = 10;
const SEED = 1;
/** Small, so that it is the dispatcher that is measured and not the server. */
const SMALL_PROMPT_BYTES = 100;

/** How punctual Poisson arrivals were. */
export interface PoissonResult {
  /** Arrivals that the schedule has in the window. */
  readonly due: number;
  readonly sent: number;
  readonly succeeded: number;
  /** From the intended start to the dispatch, in milliseconds. */
  readonly lagP50: number;
  readonly lagP99: number;
  readonly cpu: number;
}

export async function poissonByLoadLab(surroundings: Surroundings, origin: string): Promise<PoissonResult> {
  const scenario = scenarioOf(
    {
      arrival: { open: { rate: POISSON_RATE, process: 'poisson', maxInFlight: 10_000 } },
      warmUp: WARM_UP_SECONDS,
      duration: WINDOW_SECONDS,
      seed: SEED,
    },
    SMALL_PROMPT_BYTES,
  );
  const tree = startLoadLab(surroundings, origin, scenario);
  try {
    const { counts, generator } = JSON.parse(await tree.finished()) as Measurement;
    const lag = decodeFromCompressedBase64(generator.dispatchLag);
    return {
      due: arrivalsInWindow(),
      sent: counts.started,
      succeeded: counts.succeeded,
      lagP50: lag.getValueAtPercentile(50) / 1_000,
      lagP99: lag.getValueAtPercentile(99) / 1_000,
      cpu: generator.cpu,
    };
  } finally {
    await tree.stop();
  }
}

function arrivalsInWindow(): number {
  let count = 0;
  for (const time of poissonArrivals(POISSON_RATE, randomStream(SEED, 'arrivals'))) {
    if (time >= (WARM_UP_SECONDS + WINDOW_SECONDS) * 1_000) return count;
    if (time >= WARM_UP_SECONDS * 1_000) count += 1;
  }
  return count;
}
