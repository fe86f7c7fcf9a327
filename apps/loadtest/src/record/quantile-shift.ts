import type { EncodedHistogram } from '../measurement/measurement';
import { QUANTILES } from './describe-distribution';
import {
  sumOf,
  type Bucket,
  bucketAtQuantile,
  bucketAtRank,
  decodeDistribution,
  type Distribution,
  rankOf,
} from './distribution';
import type { DirectShift, QuantileShift } from './record-schema';
import { studentsT95 } from './students-t';

/** Latencies of two rounds with the same arrival schedule, one through the gateway and one past it. */
export interface Pair {
  readonly target: EncodedHistogram;
  readonly direct: EncodedHistogram;
}

const CONFIDENCE = 0.95;
/** Normal quantile of 97.5 %, two-sided: each side of a difference gets half of the 5 % that may be wrong (Bonferroni). */
const Z_EACH_SIDE = 2.2414;
const SHIFTED = new Set(['p50', 'p95', 'p99']);

/**
 * By how much each quantile of the target lies above the direct one, with a 95 % interval. With two pairs or more the
 * interval comes from the spread of the pairs (sectioning), with one pair from order statistics, which know nothing of how
 * runs differ. Method and limits: docs/decisions/0036-overhead-as-a-shift-of-quantiles.md.
 * `censored` is how many of the target's samples are timeouts.
 * @returns undefined without a pair in which both sides have samples
 */
export function directShift(pairs: readonly Pair[], censored: number): DirectShift | undefined {
  const opened = pairs.map((pair) => ({
    target: decodeDistribution(pair.target),
    direct: decodeDistribution(pair.direct),
  }));
  const usable = opened.filter(({ target, direct }) => target.count > 0 && direct.count > 0);
  if (usable.length === 0) return undefined;
  const pooled = {
    target: decodeDistribution(sumOf(pairs.map((pair) => pair.target))),
    direct: decodeDistribution(sumOf(pairs.map((pair) => pair.direct))),
  };
  const shifts = QUANTILES.filter(
    ({ name, samples }) => SHIFTED.has(name) && Math.min(pooled.target.count, pooled.direct.count) >= samples,
  ).flatMap(({ name, quantile }) => {
    const shift = usable.length > 1 ? bySectioning(pooled, usable, quantile) : byOrderStatistics(pooled, quantile);
    if (shift === undefined) return [];
    const cut = rankOf(pooled.target.count, quantile) > pooled.target.count - censored;
    return [[name, { ...shift, ...(cut ? { atLeast: true } : {}) }]] as const;
  });
  return {
    ...Object.fromEntries(shifts),
    basis: usable.length > 1 ? 'rounds' : 'orderStatistics',
    confidence: CONFIDENCE,
    pairs: [...pairs],
  };
}

interface OpenPair {
  readonly target: Distribution;
  readonly direct: Distribution;
}

/** The pooled shift, give or take Student's t times the standard error by which the pairs' own shifts lie around it. */
function bySectioning(pooled: OpenPair, pairs: readonly OpenPair[], quantile: number): QuantileShift | undefined {
  const centre = shiftAt(pooled, quantile);
  if (centre === undefined) return undefined;
  const squares = pairs
    .map((pair) => shiftAt(pair, quantile))
    .filter((shift) => shift !== undefined)
    .map((shift) => (shift.us - centre.us) ** 2);
  const variance = squares.reduce((sum, square) => sum + square, 0) / (squares.length - 1);
  const half = studentsT95(squares.length - 1) * Math.sqrt(variance / squares.length) + centre.resolutionUs;
  return { shiftUs: centre.us, interval: [Math.floor(centre.us - half), Math.ceil(centre.us + half)] };
}

/** The quantile of either side lies between two of its order statistics; the shift, between their extremes. */
function byOrderStatistics(pair: OpenPair, quantile: number): QuantileShift | undefined {
  const centre = shiftAt(pair, quantile);
  const [target, direct] = [bracket(pair.target, quantile), bracket(pair.direct, quantile)];
  if (centre === undefined || target === undefined || direct === undefined) return undefined;
  return { shiftUs: centre.us, interval: [target.low - direct.high, target.high - direct.low] };
}

function shiftAt({ target, direct }: OpenPair, quantile: number): { us: number; resolutionUs: number } | undefined {
  const [through, past] = [bucketAtQuantile(target, quantile), bucketAtQuantile(direct, quantile)];
  if (through === undefined || past === undefined) return undefined;
  return { us: through.high - past.high, resolutionUs: Math.max(widthOf(through), widthOf(past)) };
}

/** Distribution-free: the number of samples below a quantile is binomial, here by its normal approximation. */
function bracket(distribution: Distribution, quantile: number): { low: number; high: number } | undefined {
  const { count } = distribution;
  const spread = Z_EACH_SIDE * Math.sqrt(count * quantile * (1 - quantile));
  const low = bucketAtRank(distribution, Math.floor(count * quantile - spread));
  const high = bucketAtRank(distribution, Math.ceil(count * quantile + spread) + 1);
  return low === undefined || high === undefined ? undefined : { low: low.low, high: high.high };
}

function widthOf({ low, high }: Bucket): number {
  return high - low;
}
