import type { Measurement } from '../measurement/measurement';
import { emptyHistogram } from './distribution';
import { optional } from './optional';
import type { MeasuredSection, RunRecord } from './record-schema';

/** The measurement that a record was built from, whole: counters and histograms as they were, so that records add up exactly. */
export function measurementOf(record: RunRecord): Measurement {
  const { overhead, provenance } = record;
  const measurement = sectionMeasurement(record);
  return {
    ...measurement,
    histograms: {
      ...measurement.histograms,
      ...optional('headerOverhead', overhead?.header?.histogram),
      ...optional('queueing', overhead?.queueing?.histogram),
    },
    ...optional('litellmVersion', provenance.litellmVersion),
  };
}

/** The measurement of a record's direct rounds; undefined when it has none. */
export function directMeasurementOf(record: RunRecord): Measurement | undefined {
  return record.direct === undefined ? undefined : sectionMeasurement(record.direct);
}

function sectionMeasurement(section: MeasuredSection): Measurement {
  const { window, counts, rate, latency, tokens, generator } = section;
  const { dispatchLagP99Us: _, ...health } = generator;
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
      ...optional('timeToFirstToken', section.timeToFirstToken?.histogram),
      ...optional('interTokenGap', section.interTokenGap?.histogram),
      ...optional('streamTokenRateMilli', tokens?.perStreamPerSecond?.histogramMilli),
    },
    outputTokens: tokens?.output ?? 0,
    generator: health,
    series: section.series.map(({ second, started, succeeded, failed, failedByClass, latency: histogram }) => ({
      second,
      started,
      succeeded,
      failed,
      failedByClass: failedByClass ?? {},
      ...optional('latency', histogram),
    })),
    failureSamples: section.failureSamples ?? [],
  };
}
