import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import type { EncodedHistogram } from '../measurement/measurement';

/** One hour, in microseconds. */
const LARGEST = 3_600_000_000;

/**
 * Counts values of 0 us to 1 h in the buckets of an HDR histogram. Finding a bucket takes a shift instead of the library's
 * logarithm and power (10 ns instead of 90, four to six times a request); reading, adding and encoding
 * are left to the library (docs/decisions/0032-histograms.md).
 */
export class MicrosecondHistogram {
  readonly #digits: 2 | 3;
  /** A value below 2^bits is its own bucket; each doubling above has half as many buckets as that. */
  readonly #bits: number;
  readonly #counts: Uint32Array;
  #total = 0;

  /** @param digits significant decimal digits that are told apart */
  constructor(digits: 2 | 3) {
    this.#digits = digits;
    this.#bits = digits === 3 ? 11 : 8;
    this.#counts = new Uint32Array(this.#bucketOf(LARGEST) + 1);
  }

  /** How many values were recorded. */
  get count(): number {
    return this.#total;
  }

  /** @param microseconds fractions are rounded; what lies outside 0 to 1 h counts as the nearer of the two */
  record(microseconds: number): void {
    const value = microseconds < LARGEST ? (microseconds > 0 ? Math.round(microseconds) : 0) : LARGEST;
    const bucket = this.#bucketOf(value);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#total += 1;
  }

  /** Each bucket that holds anything, as its lowest value and its count, value after value. */
  toPairs(): number[] {
    const pairs: number[] = [];
    for (const [bucket, count] of this.#counts.entries()) if (count > 0) pairs.push(this.#lowestIn(bucket), count);
    return pairs;
  }

  clear(): void {
    if (this.#total === 0) return;
    this.#counts.fill(0);
    this.#total = 0;
  }

  encode(): EncodedHistogram {
    return encodePairs(this.toPairs(), this.#digits);
  }

  #bucketOf(value: number): number {
    const shift = 32 - Math.clz32(value) - this.#bits;
    return shift > 0 ? (shift << (this.#bits - 1)) + (value >>> shift) : value;
  }

  #lowestIn(bucket: number): number {
    const half = this.#bits - 1;
    const shift = (bucket >> half) - 1;
    return shift > 0 ? (bucket - (shift << half)) * 2 ** shift : bucket;
  }
}

/** A histogram from the pairs of `toPairs`. */
export function encodePairs(pairs: readonly number[], digits: 2 | 3): EncodedHistogram {
  const histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: LARGEST,
    numberOfSignificantValueDigits: digits,
  });
  for (let at = 0; at < pairs.length; at += 2) histogram.recordValueWithCount(pairs[at] ?? 0, pairs[at + 1] ?? 0);
  return encodeIntoCompressedBase64(histogram);
}
