/** Objectives of a scenario; a missed one makes the run's exit code 1. Times in seconds. */
export interface ServiceLevelObjectives {
  readonly p50?: number;
  readonly p90?: number;
  readonly p95?: number;
  readonly p99?: number;
  readonly p999?: number;
  readonly ttftP50?: number;
  readonly ttftP95?: number;
  readonly gapP50?: number;
  readonly gapP95?: number;
  /** Of LiteLLM's own overhead header. */
  readonly overheadP95?: number;
  /** Highest share of failed requests, 0 to 1. */
  readonly errorRate?: number;
  /** Lowest achieved rate, per second. */
  readonly rate?: number;
}

/** A fixed number of users, each waiting for its answer and thinking before the next request. */
export interface ClosedArrival {
  readonly users: number;
  /** Uniform between the two, in seconds. */
  readonly thinkTime: { readonly min: number; readonly max: number };
  /** New users per second; all within the first second when absent. */
  readonly rampUp?: number;
}

/** Requests that come at a rate of their own, whether or not earlier ones have been answered. */
export interface OpenArrival {
  /** Per second. */
  readonly rate: number;
  readonly process: 'poisson' | 'uniform';
  /** Arrivals beyond this many unanswered requests are counted as timeouts. */
  readonly maxInFlight: number;
}

/** What the prompt of each request is made of. */
export type Prompt =
  | { readonly bytes: number; readonly unique: boolean }
  | { readonly text: string }
  | { readonly file: string; readonly order: 'sequential' | 'shuffled' };

/** A load test as it is run: defaults filled in, durations in seconds, rates per second, shares as fractions. */
export interface Scenario {
  readonly name: string;
  readonly description?: string;
  readonly arrival: { readonly closed: ClosedArrival } | { readonly open: OpenArrival };
  readonly warmUp: number;
  /** The window: requests whose intended start lies in it are the cohort that every figure speaks of. */
  readonly duration: number;
  /** Per request, from its intended start. */
  readonly timeout: number;
  readonly request: {
    readonly path: string;
    readonly model: string;
    readonly prompt: Prompt;
    readonly maxTokens?: number;
    readonly stream: boolean;
    /** Values may be `env:NAME`; a record holds only the names. */
    readonly headers: Readonly<Record<string, string>>;
  };
  readonly seed: number;
  readonly slo: ServiceLevelObjectives;
}
