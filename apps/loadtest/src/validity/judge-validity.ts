import { type Counts, FAILURE_CLASSES, type Measurement } from '../measurement/measurement';
import { bucketAtQuantile, decodeDistribution } from '../record/distribution';

/** Above this share of a core, the generator's own queueing shows in what it measures. */
export const MOST_GENERATOR_CPU = 0.8;
/** An open arrival that is dispatched later than this was not sent when the schedule said. */
export const MOST_DISPATCH_LAG_US = 10_000;

/**
 * Why a measurement cannot be trusted, each reason in words with its numbers; empty when it can. Only the generator and its
 * books are judged: a slow or failing target is a result, not a fault.
 * A late dispatch counts against open arrivals only: users who wait for answers set their own pace.
 */
export function reasonsForDistrust(measurement: Measurement, arrival: 'open' | 'closed'): string[] {
  const { generator, counts, partial } = measurement;
  const reasons: string[] = [];
  if (generator.lostProcesses > 0)
    reasons.push(
      `${generator.lostProcesses} of ${generator.processes} generator processes were lost: what they sent is not in these figures`,
    );
  if (generator.cpu > MOST_GENERATOR_CPU)
    reasons.push(
      `the load generator used ${percent(generator.cpu)} of a core (the worst process's p95 over seconds; at most ` +
        `${percent(MOST_GENERATOR_CPU)}), so its own delays are in these figures: give it more --processes or a machine of its own`,
    );
  const lag = dispatchLagP99(measurement);
  if (arrival === 'open' && lag !== undefined && lag > MOST_DISPATCH_LAG_US)
    reasons.push(
      `the load generator ran late: 1 % of arrivals were dispatched ${(lag / 1000).toFixed(1)} ms or more after their time ` +
        `(at most ${MOST_DISPATCH_LAG_US / 1000} ms)`,
    );
  const accounted = accountedFor(counts);
  if (accounted !== counts.started)
    reasons.push(`the counts do not close: ${counts.started} requests were started, and ${accounted} accounted for`);
  if (!partial && counts.unfinished > 0)
    reasons.push(
      `the counts do not close: ${counts.unfinished} requests neither finished nor timed out, though the run was not interrupted`,
    );
  return reasons;
}

/** Requests that failed in any way. */
export function failures(counts: Counts): number {
  return FAILURE_CLASSES.reduce((sum, failureClass) => sum + counts.failed[failureClass], 0);
}

/** The p99 of the dispatch lag in microseconds; undefined when nothing was dispatched. */
export function dispatchLagP99(measurement: Measurement): number | undefined {
  return bucketAtQuantile(decodeDistribution(measurement.generator.dispatchLag), 0.99)?.high;
}

function accountedFor(counts: Counts): number {
  return counts.succeeded + failures(counts) + counts.unfinished;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
