import type { DistributionSection, JudgedObjective, MeasuredSection, Overhead } from '../record/record-schema';
import { samplesNeeded } from '../scenario/expected-requests';
import type { ServiceLevelObjectives } from '../scenario/scenario';

/** What objectives are held against. */
export type Judged = Pick<MeasuredSection, 'latency' | 'timeToFirstToken' | 'interTokenGap' | 'errorRate' | 'rate'> & {
  readonly overhead?: Overhead;
};

type Percentile = 'p50' | 'p90' | 'p95' | 'p99' | 'p999';

/** Where a latency objective finds its figure, and what to say when there is none. */
const LATENCY_OBJECTIVES: Readonly<
  Record<
    Exclude<keyof ServiceLevelObjectives, 'errorRate' | 'rate'>,
    { section: (judged: Judged) => DistributionSection | undefined; percentile: Percentile; missing: string }
  >
> = {
  p50: { section: ({ latency }) => latency, percentile: 'p50', missing: 'no request finished' },
  p90: { section: ({ latency }) => latency, percentile: 'p90', missing: 'no request finished' },
  p95: { section: ({ latency }) => latency, percentile: 'p95', missing: 'no request finished' },
  p99: { section: ({ latency }) => latency, percentile: 'p99', missing: 'no request finished' },
  p999: { section: ({ latency }) => latency, percentile: 'p999', missing: 'no request finished' },
  ttftP50: { section: ({ timeToFirstToken }) => timeToFirstToken, percentile: 'p50', missing: 'no token came' },
  ttftP95: { section: ({ timeToFirstToken }) => timeToFirstToken, percentile: 'p95', missing: 'no token came' },
  gapP50: { section: ({ interTokenGap }) => interTokenGap, percentile: 'p50', missing: 'no second token came' },
  gapP95: { section: ({ interTokenGap }) => interTokenGap, percentile: 'p95', missing: 'no second token came' },
  overheadP95: {
    section: ({ overhead }) => overhead?.header,
    percentile: 'p95',
    missing: 'no answer carried x-litellm-overhead-duration-ms',
  },
};

/**
 * Holds what was measured against the objectives, in the order in which the scenario names them. An objective that cannot be
 * judged (too few samples, a figure among timeouts below its limit, a header that never came) counts as missed, with the reason:
 * silence is no proof.
 * @param slo times in seconds; the result's are in microseconds
 */
export function judgeObjectives(slo: ServiceLevelObjectives, judged: Judged): JudgedObjective[] {
  return Object.entries(slo).flatMap(([objective, limit]: [string, number | undefined]) => {
    if (limit === undefined) return [];
    if (objective === 'errorRate') return [judgeErrorRate(limit, judged.errorRate)];
    if (isOfLatency(objective)) return [judgeLatency(objective, limit, judged)];
    const { achieved } = judged.rate;
    return [{ objective, limit, measured: achieved, unit: '1/s', met: achieved >= limit }];
  });
}

function isOfLatency(objective: string): objective is keyof typeof LATENCY_OBJECTIVES {
  return objective in LATENCY_OBJECTIVES;
}

function judgeErrorRate(limit: number, measured: number | undefined): JudgedObjective {
  const objective = { objective: 'errorRate', limit, unit: 'share' } as const;
  if (measured === undefined) return { ...objective, met: false, reason: 'no request finished' };
  return { ...objective, measured, met: measured <= limit };
}

function judgeLatency(name: keyof typeof LATENCY_OBJECTIVES, seconds: number, judged: Judged): JudgedObjective {
  const { section: find, percentile, missing } = LATENCY_OBJECTIVES[name];
  const limit = Math.round(seconds * 1e6);
  const objective = { objective: name, limit, unit: 'us' } as const;
  const section = find(judged);
  if (section === undefined || section.count === 0) return { ...objective, met: false, reason: missing };
  const measured = section[percentile];
  if (measured === undefined) return { ...objective, met: false, reason: tooFew(percentile, section.count) };
  if (!(section.atLeast ?? []).includes(percentile)) return { ...objective, measured, met: measured <= limit };
  return {
    ...objective,
    measured,
    atLeast: true,
    met: false,
    ...(measured <= limit ? { reason: 'falls among timeouts, so the truth may be above the limit' } : {}),
  };
}

function tooFew(percentile: Percentile, count: number): string {
  const needed = percentile === 'p99' || percentile === 'p999' ? samplesNeeded[percentile] : 1;
  return `needs ${needed.toLocaleString('en-US')} samples, and there are ${count.toLocaleString('en-US')}`;
}
