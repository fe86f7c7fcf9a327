import { FAILURE_CLASSES, type FailureClass, type Measurement } from '../measurement/measurement';
import { inWindow, type Timeline } from '../schedule/timeline';
import type { AnswerFacts } from './answer-facts';
import { FailureSamples } from './failure-samples';
import type { HealthMonitor } from './health-monitor';
import { MicrosecondHistogram } from './microsecond-histogram';
import { SecondSeries } from './second-series';
import { VersionsSeen } from './versions-seen';

/** What a recorder has to know about the run. */
export interface RecorderOptions {
  readonly timeline: Timeline;
  readonly timeoutMs: number;
  readonly warmUpSeconds: number;
  readonly streaming: boolean;
  /** Of an idle connection to the target and back: what `queueing` leaves out. */
  readonly idleRoundTripUs: number;
  /** Wall clock at the run's start, in milliseconds since 1970. */
  readonly startedAtMs: number;
  /** Never to appear among the failures' words. */
  readonly secrets: readonly string[];
}

/** How a run ended. */
export interface Ending {
  /** When sending ended, in milliseconds from the run's start: the window's end, or earlier when the run was interrupted. */
  readonly endMs: number;
  /** Whether it was interrupted before its window and drain were over. */
  readonly partial: boolean;
  /** Requests of the cohort that were still unanswered, counted by whoever holds them. */
  readonly unfinished: number;
}

/**
 * Turns what happens to requests into a measurement. All times are milliseconds from the run's start. The cohort, that is the
 * requests whose intended start lies in the window, makes every figure; only `completedInWindow` and the series also see
 * those that started before. Definitions: docs/decisions/0031-cohort-and-clock.md.
 */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #failed = Object.fromEntries(FAILURE_CLASSES.map((name) => [name, 0])) as Record<FailureClass, number>;
  readonly #latency = new MicrosecondHistogram(3);
  readonly #serviceTime = new MicrosecondHistogram(3);
  readonly #failedLatency = new MicrosecondHistogram(3);
  readonly #timeToFirstToken = new MicrosecondHistogram(3);
  readonly #interTokenGap = new MicrosecondHistogram(3);
  readonly #streamTokenRateMilli = new MicrosecondHistogram(3);
  readonly #headerOverhead = new MicrosecondHistogram(3);
  readonly #queueing = new MicrosecondHistogram(3);
  readonly #dispatchLag = new MicrosecondHistogram(3);
  readonly #series = new SecondSeries();
  readonly #samples: FailureSamples;
  readonly #versions = new VersionsSeen();
  #started = 0;
  #succeeded = 0;
  #completedInWindow = 0;
  #outputTokens = 0;
  #capHit = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#samples = new FailureSamples(options.secrets);
  }

  /** The dispatcher got to a request. */
  started(intendedMs: number, nowMs: number): void {
    if (!inWindow(this.#options.timeline, intendedMs)) return;
    this.#started += 1;
    this.#dispatchLag.record((nowMs - intendedMs) * 1_000);
    this.#series.started(this.#sinceWindow(intendedMs));
  }

  /** A proper answer is complete. */
  succeeded(intendedMs: number, sentMs: number, nowMs: number, facts: AnswerFacts): void {
    const { timeline } = this.#options;
    const latencyUs = (nowMs - intendedMs) * 1_000;
    this.#series.succeeded(this.#sinceWindow(nowMs), latencyUs);
    if (inWindow(timeline, nowMs)) this.#completedInWindow += 1;
    if (!inWindow(timeline, intendedMs)) return;
    this.#succeeded += 1;
    this.#latency.record(latencyUs);
    const serviceUs = (nowMs - sentMs) * 1_000;
    this.#serviceTime.record(serviceUs);
    if (facts.overheadMs >= 0) this.#headerOverhead.record(facts.overheadMs * 1_000);
    if (facts.responseMs >= 0)
      this.#queueing.record(serviceUs - facts.responseMs * 1_000 - this.#options.idleRoundTripUs);
    this.#outputTokens += facts.outputTokens;
    if (this.#options.streaming) this.#streamed(intendedMs, nowMs, facts);
  }

  /** A request failed for another reason than time. */
  failed(failureClass: FailureClass, words: string, intendedMs: number, nowMs: number): void {
    this.#series.failed(this.#sinceWindow(nowMs), failureClass);
    if (!inWindow(this.#options.timeline, intendedMs)) return;
    this.#failed[failureClass] += 1;
    this.#failedLatency.record((nowMs - intendedMs) * 1_000);
    this.#samples.add(failureClass, words);
  }

  /** A request's time is up: it enters the latencies at the limit, as a value that was at least so large. */
  timedOut(words: string, intendedMs: number, nowMs: number): void {
    this.#series.failed(this.#sinceWindow(nowMs), 'timeout');
    if (!inWindow(this.#options.timeline, intendedMs)) return;
    this.#failed.timeout += 1;
    this.#latency.record(this.#options.timeoutMs * 1_000);
    this.#samples.add('timeout', words);
  }

  /** The cap on requests in flight was reached. */
  hitCap(): void {
    this.#capHit = true;
  }

  /** An answer named LiteLLM's version. */
  sawVersion(version: string): void {
    this.#versions.add(version);
  }

  /**
   * The measurement of this process.
   * @param ending how the run ended
   */
  toMeasurement(ending: Ending, health: HealthMonitor): Measurement {
    const { timeline, warmUpSeconds, startedAtMs } = this.#options;
    const { endMs, partial, unfinished } = ending;
    const version = this.#versions.toText();
    return {
      startedAt: new Date(startedAtMs + timeline.windowStartMs).toISOString(),
      warmUpSeconds,
      windowSeconds: Math.max(0, Math.min(endMs, timeline.windowEndMs) - timeline.windowStartMs) / 1_000,
      partial,
      counts: {
        started: this.#started,
        succeeded: this.#succeeded,
        unfinished,
        failed: { ...this.#failed },
      },
      completedInWindow: this.#completedInWindow,
      censored: this.#failed.timeout,
      histograms: this.#histograms(),
      outputTokens: this.#outputTokens,
      generator: {
        processes: 1,
        lostProcesses: 0,
        cpu: health.cpu,
        eventLoopUtilization: health.eventLoopUtilization,
        dispatchLag: this.#dispatchLag.encode(),
        maxRssMb: health.maxRssMb,
        capHit: this.#capHit,
      },
      series: this.#series.toSeconds(),
      failureSamples: this.#samples.toList(),
      ...(version === undefined ? {} : { litellmVersion: version }),
    };
  }

  #streamed(intendedMs: number, nowMs: number, facts: AnswerFacts): void {
    this.#timeToFirstToken.record((facts.firstTokenMs - intendedMs) * 1_000);
    for (let gap = 0; gap < facts.gapCount; gap += 1) this.#interTokenGap.record((facts.gapsMs[gap] ?? 0) * 1_000);
    const seconds = (nowMs - facts.firstTokenMs) / 1_000;
    // The inverse of the time per output token, (end - first token) / (tokens - 1), as inference benchmarks define it.
    if (facts.outputTokens > 1 && seconds > 0)
      this.#streamTokenRateMilli.record(((facts.outputTokens - 1) / seconds) * 1_000);
  }

  #histograms(): Measurement['histograms'] {
    const optional = {
      timeToFirstToken: this.#timeToFirstToken,
      interTokenGap: this.#interTokenGap,
      streamTokenRateMilli: this.#streamTokenRateMilli,
      headerOverhead: this.#headerOverhead,
      queueing: this.#queueing,
    };
    const present = Object.entries(optional).filter(([, histogram]) => histogram.count > 0);
    return {
      latency: this.#latency.encode(),
      serviceTime: this.#serviceTime.encode(),
      failedLatency: this.#failedLatency.encode(),
      ...Object.fromEntries(present.map(([name, histogram]) => [name, histogram.encode()])),
    };
  }

  #sinceWindow(timeMs: number): number {
    return timeMs - this.#options.timeline.windowStartMs;
  }
}
