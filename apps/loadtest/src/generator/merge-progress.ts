import { build } from 'hdr-histogram-js';
import type { Glance } from '../engine/engine';
import type { Progress } from '../run/load-generator';

/** Rates and latencies are of the last so many milliseconds. */
const SPAN_MS = 1_000;

interface Look {
  readonly elapsedMs: number;
  readonly succeeded: number;
  readonly latencies: readonly number[];
}

/** Makes one progress of the glances at several processes: sums, and percentiles over the latencies of all together. */
export class ProgressMerger {
  readonly #latest: (Glance | undefined)[];
  #looks: Look[] = [];
  #fresh: number[] = [];

  constructor(processes: number) {
    this.#latest = new Array<Glance | undefined>(processes).fill(undefined);
  }

  /** A process has told how it goes. */
  add(process: number, glance: Glance): void {
    this.#latest[process] = glance;
    this.#fresh.push(...glance.latencies);
  }

  /** Where the run is; undefined before every process has told once. */
  progress(): Progress | undefined {
    const glances = this.#latest.filter((glance) => glance !== undefined);
    const [first] = glances;
    if (first === undefined || glances.length < this.#latest.length) return undefined;
    const furthest = glances.reduce((left, right) => (left.elapsedMs > right.elapsedMs ? left : right), first);
    const succeeded = sumOf(glances, ({ succeeded: count }) => count);
    this.#looks.push({ elapsedMs: furthest.elapsedMs, succeeded, latencies: this.#fresh });
    this.#fresh = [];
    const oldest = this.#looks.findLastIndex(({ elapsedMs }) => elapsedMs <= furthest.elapsedMs - SPAN_MS);
    this.#looks = this.#looks.slice(Math.max(0, oldest));
    return {
      elapsedSeconds: furthest.elapsedMs / 1_000,
      phase: furthest.phase,
      rate: this.#rate(),
      ...this.#percentiles(),
      errors: sumOf(glances, ({ failed }) => failed),
      inFlight: sumOf(glances, ({ inFlight }) => inFlight),
    };
  }

  #rate(): number {
    const [from, to] = [this.#looks[0], this.#looks.at(-1)];
    if (from === undefined || to === undefined) return 0;
    const seconds = (to.elapsedMs - from.elapsedMs) / 1_000;
    return seconds > 0 ? (to.succeeded - from.succeeded) / seconds : 0;
  }

  #percentiles(): { p50Us: number; p99Us: number } {
    const histogram = build({
      lowestDiscernibleValue: 1,
      highestTrackableValue: 3.6e9,
      numberOfSignificantValueDigits: 2,
    });
    // What the first look holds is older than the span.
    for (const { latencies } of this.#looks.slice(1))
      for (let at = 0; at < latencies.length; at += 2)
        histogram.recordValueWithCount(latencies[at] ?? 0, latencies[at + 1] ?? 0);
    return { p50Us: histogram.getValueAtPercentile(50), p99Us: histogram.getValueAtPercentile(99) };
  }
}

function sumOf(glances: readonly Glance[], count: (glance: Glance) => number): number {
  return glances.reduce((sum, glance) => sum + count(glance), 0);
}
