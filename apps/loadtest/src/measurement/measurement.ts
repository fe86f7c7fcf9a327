/** The ways in which a request can fail, each counted apart. */
export const FAILURE_CLASSES = [
  'status4xx',
  'status429',
  'status5xx',
  'timeout',
  'connect',
  'reset',
  'tls',
  'protocol',
  'content',
] as const;
export type FailureClass = (typeof FAILURE_CLASSES)[number];

/** `started = succeeded + all of failed + unfinished`, all of the cohort. */
export interface Counts {
  readonly started: number;
  readonly succeeded: number;
  readonly unfinished: number;
  readonly failed: Readonly<Record<FailureClass, number>>;
}

/** An HDR histogram in microseconds (1 us to 1 h, 3 significant digits), compressed and base64-encoded (`HISTFAAA…`). */
export type EncodedHistogram = string;

/** One second of a run, counted from the window's start. For pictures only. */
export interface SeriesSecond {
  readonly second: number;
  /** Intended starts in this second. */
  readonly started: number;
  /** Completions in this second. */
  readonly succeeded: number;
  readonly failed: number;
  /** Failures by class; absent classes are zero. */
  readonly failedByClass: Readonly<Partial<Record<FailureClass, number>>>;
  /** Of the successes that completed in this second (2 significant digits, microseconds); absent without any. */
  readonly latency?: EncodedHistogram;
}

/** How the load generator itself fared; decides whether the run can be trusted. */
export interface GeneratorHealth {
  readonly processes: number;
  /** Processes that died or fell silent before they reported. */
  readonly lostProcesses: number;
  /** Of one core: the worst process's p95 over the window's seconds, 0 to 1. */
  readonly cpu: number;
  /** The worst process's event-loop utilisation over the window, 0 to 1. */
  readonly eventLoopUtilization: number;
  /** From the intended start to the moment when the dispatcher got to it. */
  readonly dispatchLag: EncodedHistogram;
  readonly maxRssMb: number;
  /** Whether an open arrival process ever reached `maxInFlight`. */
  readonly capHit: boolean;
}

/**
 * What one engine saw, in a form that adds up exactly: counters are sums and distributions are whole histograms, so that
 * processes, rounds and machines merge without loss (`mergeMeasurements`). Everything here is of the cohort, that is of the
 * requests whose intended start lies in the window, unless it says otherwise.
 */
export interface Measurement {
  /** The window's start, as an ISO time. */
  readonly startedAt: string;
  readonly warmUpSeconds: number;
  /** The window's length; shorter than the scenario's `duration` only when `partial`. */
  readonly windowSeconds: number;
  /** True when the run was interrupted before its window and drain were over. */
  readonly partial: boolean;
  readonly counts: Counts;
  /** Successful completions that happened inside the window, whenever they had started: the numerator of the achieved rate. */
  readonly completedInWindow: number;
  /** How many of `histograms.latency`'s samples are timeouts, entered at the limit. */
  readonly censored: number;
  readonly histograms: {
    /** Successes and timeouts, from the intended start. */
    readonly latency: EncodedHistogram;
    /** Successes, from the actual send. */
    readonly serviceTime: EncodedHistogram;
    /** All failures but timeouts, from the intended start. */
    readonly failedLatency: EncodedHistogram;
    /** Streaming only: from the intended start to the first content token. */
    readonly timeToFirstToken?: EncodedHistogram;
    /** Streaming only: between content tokens. */
    readonly interTokenGap?: EncodedHistogram;
    /** Streaming only: output tokens per second of each stream, in thousandths, so that an integer histogram can hold it. */
    readonly streamTokenRateMilli?: EncodedHistogram;
    /** LiteLLM's `x-litellm-overhead-duration-ms`; absent when no answer carried it. */
    readonly headerOverhead?: EncodedHistogram;
    /** Service time less `x-litellm-response-duration-ms` less the idle round trip; absent without the header. */
    readonly queueing?: EncodedHistogram;
  };
  /** Output tokens of the cohort's successes, as `usage` said or as content frames were counted. */
  readonly outputTokens: number;
  readonly generator: GeneratorHealth;
  readonly series: readonly SeriesSecond[];
  /** The target's own words about failures: up to a few distinct messages per class, with how often each was seen. */
  readonly failureSamples: readonly {
    readonly class: FailureClass;
    readonly message: string;
    readonly count: number;
  }[];
  /** From `x-litellm-version`, when answers carried it. */
  readonly litellmVersion?: string;
}
