import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js';

/** 1 us to 1 h at three significant digits, as everywhere in LoadLab. */
const MAX_US = 3_600_000_000;

/** Percentiles of a time, in microseconds. Only `count` is there when nothing was recorded. */
export interface TimeSummary {
  readonly unit: 'us';
  readonly count: number;
  readonly mean?: number;
  readonly min?: number;
  readonly p50?: number;
  readonly p90?: number;
  readonly p95?: number;
  readonly p99?: number;
  readonly p999?: number;
  readonly max?: number;
}

/** An HDR histogram of times. Histograms add up exactly, so several processes can be reported as one. */
export class TimeHistogram {
  private readonly histogram: Histogram = build({
    bitBucketSize: 32,
    autoResize: false,
    lowestDiscernibleValue: 1,
    highestTrackableValue: MAX_US,
    numberOfSignificantValueDigits: 3,
  });

  /** Times beyond the range count as its ends. */
  record(milliseconds: number): void {
    this.histogram.recordValue(Math.min(Math.max(Math.round(milliseconds * 1000), 0), MAX_US));
  }

  reset(): void {
    this.histogram.reset();
  }

  /** For `add`, in another process: base64 of HDR's compressed encoding. */
  encode(): string {
    return encodeIntoCompressedBase64(this.histogram);
  }

  add(encoded: string): void {
    this.histogram.add(decodeFromCompressedBase64(encoded));
  }

  summary(): TimeSummary {
    const { histogram } = this;
    const count = histogram.totalCount;
    if (count === 0) return { unit: 'us', count };
    const at = (percentile: number): number => histogram.getValueAtPercentile(percentile);
    return {
      unit: 'us',
      count,
      mean: Number(histogram.mean.toFixed(1)),
      min: at(0),
      p50: at(50),
      p90: at(90),
      p95: at(95),
      p99: at(99),
      p999: at(99.9),
      max: histogram.maxValue,
    };
  }
}
