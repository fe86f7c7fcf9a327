import type { EventLoopUtilization } from 'node:perf_hooks';

/** What a process says about itself. */
export interface ResourceMeter {
  /** CPU time so far, user and system, of all threads, in microseconds. */
  cpuUs(): number;
  rssBytes(): number;
  eventLoop(): EventLoopUtilization;
}

/** This process's meter. */
export const PROCESS_METER: ResourceMeter = {
  cpuUs: () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  rssBytes: () => process.memoryUsage.rss(),
  eventLoop: () => performance.eventLoopUtilization(),
};

/** A part of a second says little about a second. */
const SHORTEST_SAMPLE_MS = 250;
const QUANTILE = 0.95;

/** How busy the generator's own process is, second by second of the window. Times are milliseconds of one steady clock. */
export class HealthMonitor {
  readonly #meter: ResourceMeter;
  readonly #cpu: number[] = [];
  #opened: { readonly eventLoop: EventLoopUtilization } | undefined;
  #last: { readonly atMs: number; readonly cpuUs: number } | undefined;
  #maxRssBytes = 0;
  #eventLoopUtilization = 0;

  constructor(meter: ResourceMeter) {
    this.#meter = meter;
  }

  /** The window begins. */
  open(nowMs: number): void {
    this.#opened = { eventLoop: this.#meter.eventLoop() };
    this.#last = { atMs: nowMs, cpuUs: this.#meter.cpuUs() };
    this.#sampleMemory();
  }

  /** A second of the window is over, or the window. */
  sample(nowMs: number): void {
    this.#sampleMemory();
    if (this.#opened === undefined || this.#last === undefined) return;
    const elapsedMs = nowMs - this.#last.atMs;
    if (elapsedMs < SHORTEST_SAMPLE_MS && this.#cpu.length > 0) return;
    const cpuUs = this.#meter.cpuUs();
    if (elapsedMs > 0) this.#cpu.push((cpuUs - this.#last.cpuUs) / (elapsedMs * 1_000));
    this.#last = { atMs: nowMs, cpuUs };
    this.#eventLoopUtilization = performance.eventLoopUtilization(
      this.#meter.eventLoop(),
      this.#opened.eventLoop,
    ).utilization;
  }

  get maxRssMb(): number {
    return this.#maxRssBytes / 1e6;
  }

  get eventLoopUtilization(): number {
    return this.#eventLoopUtilization;
  }

  /** The p95 over the window's seconds, of one core: the second that is busier than 95 % of all. */
  get cpu(): number {
    const rising = this.#cpu.toSorted((left, right) => left - right);
    return rising[Math.max(0, Math.ceil(QUANTILE * rising.length) - 1)] ?? 0;
  }

  #sampleMemory(): void {
    this.#maxRssBytes = Math.max(this.#maxRssBytes, this.#meter.rssBytes());
  }
}
