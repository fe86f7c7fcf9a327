import { bucketAtRank, type Distribution, rankOf } from '../../record/distribution';
import { inMilliseconds } from '../figures';
import { latencyAxis } from './axes';
import type { Axis, Chart, Mark, Series } from './chart';

/** A distribution by the name of what it was measured at. */
export interface Named {
  readonly name: string;
  /** The class that colours it. */
  readonly look: string;
  readonly distribution: Distribution;
}

const STEPS = 160;
const TICKS: readonly (readonly [number, string])[] = [
  [0, '0 %'],
  [0.5, '50 %'],
  [0.9, '90 %'],
  [0.95, '95 %'],
  [0.99, '99 %'],
  [0.999, '99.9 %'],
  [0.9999, '99.99 %'],
  [0.99999, '99.999 %'],
];
const TABLE_QUANTILES = [0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999];

/**
 * Latency by quantile, with the tail drawn out: each step to the right has ten times fewer requests beyond it (the plot of
 * HdrHistogram). What is slow is to be found here, where a mean would hide it.
 * `censored` is how many of the first distribution's samples are timeouts.
 */
export function quantileChart(curves: readonly Named[], censored: number): Chart {
  const shown = curves.filter(({ distribution }) => distribution.count > 0);
  const most = Math.max(10, ...shown.map(({ distribution }) => distribution.count));
  const end = Math.log10(most);
  const positions = Array.from({ length: STEPS + 1 }, (_, step) => (step / STEPS) * end);
  const series = shown.map(({ name, look, distribution }): Series => {
    const last = Math.log10(distribution.count);
    const points = positions
      .filter((x) => x <= last + 1e-9)
      .map((x) => ({ x, y: valueAt(distribution, quantileAt(x)) }));
    return { name, look, shape: look === 'direct' ? 'dashed' : 'line', points };
  });
  const values = series.flatMap(({ points }) => points.flatMap(({ y }) => y ?? []));
  return {
    id: 'quantiles',
    title: 'Latency by percentile',
    caption:
      'Each step to the right has ten times fewer requests beyond it: at 99 %, one request in a hundred took longer than the line is high.',
    x: quantileAxis(end),
    y: latencyAxis('latency', Math.min(...values), Math.max(...values)),
    series,
    marks: censoredMark(shown[0]?.distribution, censored),
    readings: positions.map((x) => ({
      x,
      title: quantileName(quantileAt(x)),
      texts: shown.map(({ distribution }) => textAt(distribution, quantileAt(x))),
    })),
    table: {
      head: ['percentile', ...shown.map(({ name }) => name)],
      rows: [...TABLE_QUANTILES, 1].map((quantile) => [
        quantile === 1 ? 'longest' : quantileName(quantile),
        ...shown.map(({ distribution }) => textAt(distribution, quantile)),
      ]),
    },
  };
}

function quantileAxis(end: number): Axis {
  return {
    title: 'percentile',
    kind: 'linear',
    domain: [0, end],
    ticks: TICKS.map(([quantile, label]) => ({ value: Math.log10(1 / (1 - quantile)), label })).filter(
      ({ value }) => value <= end,
    ),
  };
}

function quantileAt(x: number): number {
  return 1 - 10 ** -x;
}

/** `p50`, `p99.3`, `p99.95`: as many nines as there are, and one digit more. */
function quantileName(quantile: number): string {
  const nines = Math.max(0, Math.floor(-Math.log10(1 - quantile) + 1e-9));
  return `p${Number((quantile * 100).toFixed(Math.max(0, nines - 1)))}`;
}

function valueAt(distribution: Distribution, quantile: number): number | undefined {
  return bucketAtRank(distribution, Math.min(distribution.count, rankOf(distribution.count, quantile)))?.high;
}

/** A quantile that so few samples cannot have is left out. */
function textAt(distribution: Distribution, quantile: number): string {
  const value =
    quantile === 1 || distribution.count * (1 - quantile) >= 0.999 ? valueAt(distribution, quantile) : undefined;
  return value === undefined ? '\u2013' : inMilliseconds(value);
}

function censoredMark(distribution: Distribution | undefined, censored: number): Mark[] {
  if (distribution === undefined || censored === 0) return [];
  return [{ axis: 'x', value: Math.log10(distribution.count / censored), label: 'timeouts from here on: at least' }];
}
