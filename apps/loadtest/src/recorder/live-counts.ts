import { MicrosecondHistogram } from './microsecond-histogram';

/** What a process has seen since the run's start, and the latencies since somebody last looked. For progress alone. */
export class LiveCounts {
  readonly #latencies = new MicrosecondHistogram(2);
  succeeded = 0;
  failed = 0;

  answered(latencyUs: number): void {
    this.succeeded += 1;
    this.#latencies.record(latencyUs);
  }

  /** Latencies of successes since the last call, as pairs of value in microseconds and count. */
  takeLatencies(): number[] {
    const pairs = this.#latencies.toPairs();
    this.#latencies.clear();
    return pairs;
  }
}
