import type { Measurement } from '../measurement/measurement';
import type { Scenario } from '../scenario/scenario';

/** Where a run is, a few times a second. */
export interface Progress {
  readonly elapsedSeconds: number;
  readonly phase: 'rampUp' | 'warmUp' | 'window' | 'drain';
  /** Completions per second of late. */
  readonly rate: number;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly errors: number;
  readonly inFlight: number;
}

/** What a load generator needs to run one round. */
export interface LoadRequest {
  readonly scenario: Scenario;
  /** Base address, to which the scenario's path is appended. */
  readonly target: string;
  readonly apiKey?: string;
  readonly headers?: Record<string, string>;
  readonly idleRoundTripUs: number;
  readonly processes: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly prompts?: string[];
}

/** Runs a scenario once. An aborted signal makes it stop sending and return what it has, marked partial. */
export type LoadGenerator = (request: LoadRequest) => Promise<Measurement>;
