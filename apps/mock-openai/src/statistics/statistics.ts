import { TimeHistogram, type TimeSummary } from './time-histogram';

/** What one worker has seen, in a form that travels between processes and adds up exactly. */
export interface Snapshot {
  readonly sinceMs: number;
  readonly inFlight: number;
  readonly disconnected: number;
  readonly tokensStreamed: number;
  /** Path -> status -> requests answered. */
  readonly requests: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Encoded histograms. */
  readonly serviceTime: string;
  readonly lateness: string;
}

/** What `GET /stats` answers: all workers together. The API's requests only, not those for `/health` or `/stats`. */
export interface StatisticsReport {
  /** Start, or the last reset. */
  readonly since: string;
  readonly seconds: number;
  readonly workers: number;
  /** Requests being answered at this moment. */
  readonly inFlight: number;
  /** Requests answered; the sum of `requests`. */
  readonly total: number;
  /** Path -> status -> requests answered. Paths that the API does not have are counted together as "unknown". */
  readonly requests: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Requests whose client went away before its answer was complete. They are in none of the other figures. */
  readonly disconnected: number;
  readonly tokensStreamed: number;
  /** From the last byte of a request to the last byte of its answer, the scheduled latency included. */
  readonly serviceTime: TimeSummary;
  /** How far behind its schedule the mock was: each answer, and each token of a stream, against its deadline. Never negative. */
  readonly lateness: TimeSummary;
}

/** One worker's counters. */
export class Statistics {
  private readonly requests = new Map<string, Map<number, number>>();
  private readonly serviceTime = new TimeHistogram();
  private readonly lateness = new TimeHistogram();
  private inFlight = 0;
  private disconnected = 0;
  private tokensStreamed = 0;

  /** @param sinceMs wall-clock time */
  constructor(private sinceMs: number) {}

  started(): void {
    this.inFlight++;
  }

  answered(path: string, status: number, serviceTimeMs: number): void {
    this.inFlight--;
    let byStatus = this.requests.get(path);
    if (byStatus === undefined) this.requests.set(path, (byStatus = new Map<number, number>()));
    byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
    this.serviceTime.record(serviceTimeMs);
  }

  clientGone(): void {
    this.inFlight--;
    this.disconnected++;
  }

  /** Something was done so long after its deadline. */
  late(milliseconds: number): void {
    this.lateness.record(milliseconds);
  }

  streamed(tokens: number): void {
    this.tokensStreamed += tokens;
  }

  snapshot(): Snapshot {
    return {
      sinceMs: this.sinceMs,
      inFlight: this.inFlight,
      disconnected: this.disconnected,
      tokensStreamed: this.tokensStreamed,
      requests: Object.fromEntries([...this.requests].map(([path, counts]) => [path, Object.fromEntries(counts)])),
      serviceTime: this.serviceTime.encode(),
      lateness: this.lateness.encode(),
    };
  }

  /** Starts anew. Requests in flight stay so, and count when they are answered. */
  reset(nowMs: number): void {
    this.sinceMs = nowMs;
    this.disconnected = 0;
    this.tokensStreamed = 0;
    this.requests.clear();
    this.serviceTime.reset();
    this.lateness.reset();
  }
}

/** Adds up what all workers have seen: counts by sum, times by adding histograms, never by averaging percentiles. */
export function report(snapshots: readonly Snapshot[], nowMs: number): StatisticsReport {
  const requests: Record<string, Record<string, number>> = {};
  const serviceTime = new TimeHistogram();
  const lateness = new TimeHistogram();
  let total = 0;
  for (const snapshot of snapshots) {
    serviceTime.add(snapshot.serviceTime);
    lateness.add(snapshot.lateness);
    for (const [path, counts] of Object.entries(snapshot.requests)) {
      const sums = (requests[path] ??= {});
      for (const [status, count] of Object.entries(counts)) {
        sums[status] = (sums[status] ?? 0) + count;
        total += count;
      }
    }
  }
  const sum = (pick: (snapshot: Snapshot) => number): number => snapshots.reduce((all, one) => all + pick(one), 0);
  const sinceMs = Math.min(...snapshots.map((snapshot) => snapshot.sinceMs));
  return {
    since: new Date(sinceMs).toISOString(),
    seconds: (nowMs - sinceMs) / 1000,
    workers: snapshots.length,
    inFlight: sum((snapshot) => snapshot.inFlight),
    total,
    requests,
    disconnected: sum((snapshot) => snapshot.disconnected),
    tokensStreamed: sum((snapshot) => snapshot.tokensStreamed),
    serviceTime: serviceTime.summary(),
    lateness: lateness.summary(),
  };
}
