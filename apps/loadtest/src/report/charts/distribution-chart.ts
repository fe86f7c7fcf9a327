import { bucketAtQuantile, type Distribution } from '../../record/distribution';
import { asPercent, inMilliseconds } from '../figures';
import { latencyAxis, linearAxis } from './axes';
import type { Chart, Point } from './chart';
import type { Named } from './quantile-chart';

const BINS = 60;
/** The slowest few would stretch the axis until nothing else is to be seen; the caption says how many are left out. */
const SHOWN_QUANTILE = 0.99;

/** How often each latency occurred. Buckets that straddle two bins are shared out between them. */
export function distributionChart(named: readonly Named[]): Chart {
  const shown = named.filter(({ distribution }) => distribution.count > 0);
  const lowest = Math.min(...shown.map(({ distribution }) => distribution.buckets[0]?.low ?? Infinity));
  const highest = Math.max(
    ...shown.map(({ distribution }) => bucketAtQuantile(distribution, SHOWN_QUANTILE)?.high ?? 0),
  );
  const x = latencyAxis('latency', lowest, highest, { exact: true, ticks: 8 });
  const edges = binEdges(x.kind, x.domain);
  const shares = shown.map(({ distribution }) => sharesOf(distribution, edges));
  const largest = Math.max(...shares.flat());
  return {
    id: 'distribution',
    title: 'How latencies are spread',
    caption: `The share of requests at each latency.${leftOut(shares)}`,
    x,
    y: linearAxis('share of requests', largest * 100, (value) => `${value} %`, { ticks: 4 }),
    series: shown.flatMap(({ name, look }, index) => [
      { name, look, shape: 'steps', silent: true, points: pointsOf(edges, shares[index] ?? []) } as const,
      {
        name,
        look,
        shape: look === 'direct' ? 'dashed' : 'line',
        points: outlineOf(edges, shares[index] ?? []),
      } as const,
    ]),
    readings: edges.slice(0, -1).map((edge, bin) => ({
      x: (edge + (edges[bin + 1] ?? edge)) / 2,
      title: `${inMilliseconds(edge)} to ${inMilliseconds(edges[bin + 1] ?? edge)}`,
      texts: shares.map((share) => asPercent(share[bin] ?? 0)),
    })),
    table: {
      head: ['latency', ...shown.map(({ name }) => name)],
      rows: edges
        .slice(0, -1)
        .map((edge, bin) => [
          `${inMilliseconds(edge)} to ${inMilliseconds(edges[bin + 1] ?? edge)}`,
          ...shares.map((share) => asPercent(share[bin] ?? 0)),
        ]),
    },
  };
}

function leftOut(shares: readonly (readonly number[])[]): string {
  const beyond = Math.max(...shares.map((share) => 1 - share.reduce((sum, part) => sum + part, 0)));
  return beyond < 1e-6 ? '' : ` The slowest ${asPercent(beyond)} are beyond the right edge.`;
}

/** Edges of bins of the same width on the axis. */
function binEdges(kind: 'linear' | 'log', [low, high]: readonly [number, number]): number[] {
  return Array.from({ length: BINS + 1 }, (_, bin) =>
    kind === 'log' ? low * (high / low) ** (bin / BINS) : low + ((high - low) * bin) / BINS,
  );
}

/** The share of all samples in each bin; a bucket's samples lie evenly between its edges. */
function sharesOf({ count, buckets }: Distribution, edges: readonly number[]): number[] {
  return edges.slice(0, -1).map((edge, bin) => {
    const next = edges[bin + 1] ?? edge;
    const within = buckets.reduce((sum, { low, high, count: samples }) => {
      const overlap = Math.min(next, high + 1) - Math.max(edge, low);
      return overlap > 0 ? sum + (samples * overlap) / (high + 1 - low) : sum;
    }, 0);
    return within / count;
  });
}

function pointsOf(edges: readonly number[], shares: readonly number[]): Point[] {
  return edges.map((x, bin) => ({ x, y: (shares[bin] ?? shares.at(-1) ?? 0) * 100, y0: 0 }));
}

/** The upper rim of the steps, as a line. */
function outlineOf(edges: readonly number[], shares: readonly number[]): Point[] {
  return shares.flatMap((share, bin) => [
    { x: edges[bin] ?? 0, y: share * 100 },
    { x: edges[bin + 1] ?? 0, y: share * 100 },
  ]);
}
