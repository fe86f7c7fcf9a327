import type { Measurement } from '../measurement/measurement';
import { type Endpoint, type Endpoints, requestHeaders } from './endpoints';
import { idleRoundTrip } from './idle-round-trip';
import type { LoadGenerator, Progress } from './load-generator';
import { redactor } from './redact';
import type { PlannedRound } from './round-plan';

/** A round that ran, perhaps not to its end. */
export interface MeasuredRound {
  readonly round: PlannedRound;
  readonly measurement: Measurement;
  readonly idleRoundTripUs?: number;
}

/** What all rounds of a run share. */
export interface RoundsOptions {
  readonly endpoints: Endpoints;
  readonly prompts?: readonly string[];
  readonly processes: number;
  readonly generateLoad: LoadGenerator;
  readonly signal?: AbortSignal;
  readonly onRound: (round: PlannedRound, index: number) => void;
  readonly onProgress: (progress: Progress, index: number) => void;
  /** Called with each round as soon as it is over. */
  readonly onMeasured: (measured: MeasuredRound) => void;
}

/** Runs rounds one after another; after an interruption the rest are left out. */
export async function runRounds(rounds: readonly PlannedRound[], options: RoundsOptions): Promise<MeasuredRound[]> {
  const measured: MeasuredRound[] = [];
  const stopped = (): boolean => options.signal?.aborted === true;
  for (const [index, round] of rounds.entries()) {
    if (stopped()) break;
    options.onRound(round, index);
    const endpoint =
      round.kind === 'direct' ? (options.endpoints.direct ?? options.endpoints.target) : options.endpoints.target;
    const idleRoundTripUs = await idleRoundTrip(endpoint.address, requestHeaders(endpoint), options.signal);
    if (stopped()) break;
    const result = await runRound(round, index, endpoint, idleRoundTripUs, options);
    options.onMeasured(result);
    measured.push(result);
  }
  return measured;
}

async function runRound(
  round: PlannedRound,
  index: number,
  endpoint: Endpoint,
  idleRoundTripUs: number | undefined,
  options: RoundsOptions,
): Promise<MeasuredRound> {
  const { prompts, processes, generateLoad, signal, onProgress } = options;
  const measurement = await generateLoad({
    scenario: round.scenario,
    target: endpoint.address,
    headers: { ...endpoint.headers },
    idleRoundTripUs: idleRoundTripUs ?? 0,
    processes,
    onProgress: (progress) => onProgress(progress, index),
    ...(endpoint.apiKey === undefined ? {} : { apiKey: endpoint.apiKey }),
    ...(signal === undefined ? {} : { signal }),
    ...(prompts === undefined ? {} : { prompts: [...prompts] }),
  });
  return {
    round,
    measurement: withoutSecrets(measurement, endpoint),
    ...(idleRoundTripUs === undefined ? {} : { idleRoundTripUs }),
  };
}

/** The target's own words may quote the key that they refuse. */
function withoutSecrets(measurement: Measurement, { secrets }: Endpoint): Measurement {
  const redact = redactor(secrets);
  return {
    ...measurement,
    failureSamples: measurement.failureSamples.map((sample) => ({ ...sample, message: redact(sample.message) })),
  };
}
