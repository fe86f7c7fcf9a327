import { decodeFromCompressedBase64, JsHistogram } from 'hdr-histogram-js';
import type { EncodedHistogram } from '../measurement/measurement';
import { addHistograms } from '../measurement/merge-measurements';
import { MicrosecondHistogram } from '../recorder/microsecond-histogram';

/** Values that the histogram's resolution (3 significant digits) cannot tell apart, and how many there are. */
export interface Bucket {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** A histogram opened for reading: its non-empty buckets in rising order, in microseconds. */
export interface Distribution {
  readonly count: number;
  readonly buckets: readonly Bucket[];
}

/** Opens an encoded histogram. @throws {Error} when the text is not one */
export function decodeDistribution(encoded: EncodedHistogram): Distribution {
  const histogram = decodeFromCompressedBase64(encoded);
  if (!(histogram instanceof JsHistogram)) throw new Error('decoded into an unknown kind of histogram');
  const buckets: Bucket[] = [];
  let unseen = histogram.totalCount;
  for (let index = 0; unseen > 0; index++) {
    const count = histogram.getCountAtIndex(index);
    if (count === 0) continue;
    unseen -= count;
    const low = histogram.valueFromIndex(index);
    buckets.push({ low, high: histogram.highestEquivalentValue(low), count });
  }
  return { count: histogram.totalCount, buckets };
}

/** Adds histograms of the same make; exact, bucket by bucket. */
export function sumOf(encoded: readonly EncodedHistogram[]): EncodedHistogram {
  return encoded.length === 0 ? emptyHistogram() : encoded.reduce(addHistograms);
}

/** An encoded histogram without any value. */
export function emptyHistogram(): EncodedHistogram {
  return new MicrosecondHistogram(3).encode();
}

/** The bucket in which the sample of rank ceil(quantile x count) lies; undefined without samples. */
export function bucketAtQuantile(distribution: Distribution, quantile: number): Bucket | undefined {
  return bucketAtRank(distribution, rankOf(distribution.count, quantile));
}

/** The bucket of the sample with this rank, counted from 1; undefined when there is no such sample. */
export function bucketAtRank({ count, buckets }: Distribution, rank: number): Bucket | undefined {
  if (rank < 1 || rank > count) return undefined;
  let seen = 0;
  return buckets.find((bucket) => (seen += bucket.count) >= rank);
}

/** The rank, counted from 1, of a quantile among so many samples. */
export function rankOf(count: number, quantile: number): number {
  // 0.999 * 1000 is 999.0000000000001 to a computer, and must not become the 1000th.
  return Math.max(1, Math.ceil(quantile * count - 1e-9 * count));
}

/** The mean, each sample taken at the middle of its bucket; undefined without samples. */
export function meanOf({ count, buckets }: Distribution): number | undefined {
  if (count === 0) return undefined;
  return buckets.reduce((sum, { low, high, count: times }) => sum + ((low + high) / 2) * times, 0) / count;
}
