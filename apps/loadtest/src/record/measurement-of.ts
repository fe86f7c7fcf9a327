import type { EncodedHistogram, Measurement } from '../measurement/measurement';
import { emptyHistogram } from './distribution';
import type { DistributionSection, MeasuredSection, RunRecord } from './record-schema';

/** The measurement that a record was built from, whole: counters and histograms as they were, so that records add up exactly. */
export function measurementOf(record: RunRecord): Measurement {
  const { overhead, provenance } = record;
  const measurement = sectionMeasurement(record);
  return {
    ...measurement,
    histograms: {
      ...measurement.histograms,
      ...named('headerOverhead', overhead?.header),
      ...named('queueing', overhead?.queueing),
    },
    ...(provenance.litellmVersion === undefined ? {} : { litellmVersion: provenance.litellmVersion }),
  };
}

/** The measurement of a record's direct rounds; undefined when it has none. */
export function directMeasurementOf(record: RunRecord): Measurement | undefined {
  return record.direct === undefined ? undefined : sectionMeasurement(record.direct);
}

function sectionMeasurement(section: MeasuredSection): Measurement {
  const { window, counts, rate, latency, tokens, generator } = section;
  const { dispatchLagP99Us: _, ...health } = generator;
  const rates = tokens?.perStreamPerSecond?.histogramMilli;
  return {
    startedAt: window.startedAt,
    warmUpSeconds: window.warmUpSeconds,
    windowSeconds: window.seconds,
    partial: window.partial,
    counts,
    completedInWindow: rate.completedInWindow,
    censored: latency.censored ?? 0,
    histograms: {
      latency: latency.histogram,
      serviceTime: section.serviceTime?.histogram ?? emptyHistogram(),
      failedLatency: section.failedLatency?.histogram ?? emptyHistogram(),
      ...named('timeToFirstToken', section.timeToFirstToken),
      ...named('interTokenGap', section.interTokenGap),
      ...(rates === undefined ? {} : { streamTokenRateMilli: rates }),
    },
    outputTokens: tokens?.output ?? 0,
    generator: health,
    series: section.series.map(({ second, started, succeeded, failed, failedByClass, latency: histogram }) => ({
      second,
      started,
      succeeded,
      failed,
      failedByClass: failedByClass ?? {},
      ...(histogram === undefined ? {} : { latency: histogram }),
    })),
    failureSamples: section.failureSamples ?? [],
  };
}

function named<K extends keyof Measurement['histograms']>(
  name: K,
  section: DistributionSection | undefined,
): Partial<Record<K, EncodedHistogram>> {
  const histograms: Partial<Record<K, EncodedHistogram>> = {};
  if (section !== undefined) histograms[name] = section.histogram;
  return histograms;
}
