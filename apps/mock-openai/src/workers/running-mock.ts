import type { StatisticsReport } from '../statistics/statistics';

/** A mock that answers requests. */
export interface RunningMock {
  /** Origin, without a slash at its end: `http://localhost:8080`. */
  readonly url: string;
  readonly port: number;
  /** What `GET /stats` answers: all workers together. */
  stats(): Promise<StatisticsReport>;
  /** What `POST /stats/reset` does. */
  resetStats(): Promise<void>;
  /** Accepts nothing more and ends when all requests in flight are answered; or cuts them, if `immediately`. */
  stop(options?: { readonly immediately?: boolean }): Promise<void>;
  /** Settles, with the reason, if a worker process dies. The mock is down then: with fewer workers it would not be what was asked for. */
  readonly failure: Promise<string>;
}

/** The address to call a server at that listens at `host`. */
export function urlOf(host: string, port: number): string {
  const everywhere = host === '::' || host === '0.0.0.0';
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
