import fc from 'fast-check';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { encodePairs, MicrosecondHistogram } from '../recorder/microsecond-histogram';
import { lostMeasurement } from './lost-measurement';
import { type FailureClass, FAILURE_CLASSES, type Measurement, type SeriesSecond } from './measurement';
import { mergeProcesses } from './merge-measurements';

const count = fc.nat({ max: 10_000 });
const values = fc.array(fc.integer({ min: 0, max: 60_000_000 }), { maxLength: 30 });

function encoded(microseconds: readonly number[], digits: 2 | 3): string {
  const histogram = new MicrosecondHistogram(digits);
  for (const value of microseconds) histogram.record(value);
  return histogram.encode();
}

const histogram = (digits: 2 | 3 = 3) => values.map((microseconds) => encoded(microseconds, digits));
const failureClass = fc.constantFrom(...FAILURE_CLASSES);

const second = (at: number): fc.Arbitrary<SeriesSecond> =>
  fc
    .record({
      started: count,
      succeeded: count,
      failedByClass: fc.dictionary(failureClass, fc.integer({ min: 1, max: 9 }), { noNullPrototype: true }),
      latency: fc.option(histogram(2), { nil: undefined }),
    })
    .map(({ failedByClass, latency, ...rest }) => ({
      second: at,
      ...rest,
      failedByClass,
      failed: Object.values(failedByClass).reduce((sum, number) => sum + number, 0),
      ...(latency === undefined ? {} : { latency }),
    }));

const measurement: fc.Arbitrary<Measurement> = fc
  .record({
    startedAt: fc
      .date({ min: new Date(0), max: new Date(1e12), noInvalidDate: true })
      .map((date) => date.toISOString()),
    windowSeconds: fc.integer({ min: 0, max: 300 }),
    partial: fc.boolean(),
    counts: fc.tuple(count, count, count),
    failed: fc.array(count, { minLength: FAILURE_CLASSES.length, maxLength: FAILURE_CLASSES.length }),
    completedInWindow: count,
    censored: count,
    histograms: fc.tuple(histogram(), histogram(), histogram()),
    headerOverhead: fc.option(histogram(), { nil: undefined }),
    outputTokens: count,
    health: fc.tuple(
      fc.nat({ max: 100 }),
      fc.nat({ max: 100 }),
      fc.nat({ max: 300 }),
      fc.boolean(),
      fc.nat({ max: 1 }),
    ),
    dispatchLag: histogram(),
    series: fc
      .integer({ min: 0, max: 4 })
      .chain((length) => fc.tuple(...Array.from({ length }, (_, at) => second(at)))),
    failureSamples: fc.uniqueArray(
      fc.record({
        class: failureClass,
        message: fc.constantFrom('a', 'b', 'c'),
        count: fc.integer({ min: 1, max: 99 }),
      }),
      { selector: (sample) => `${sample.class} ${sample.message}`, maxLength: 5 },
    ),
    version: fc.option(fc.constantFrom('1.80.0', '1.81.0', '1.82.0'), { nil: undefined }),
  })
  .map((drawn) => ({
    startedAt: drawn.startedAt,
    warmUpSeconds: 5,
    windowSeconds: drawn.windowSeconds,
    partial: drawn.partial,
    counts: {
      started: drawn.counts[0],
      succeeded: drawn.counts[1],
      unfinished: drawn.counts[2],
      failed: Object.fromEntries(FAILURE_CLASSES.map((name, at) => [name, drawn.failed[at]])) as Record<
        FailureClass,
        number
      >,
    },
    completedInWindow: drawn.completedInWindow,
    censored: drawn.censored,
    histograms: {
      latency: drawn.histograms[0],
      serviceTime: drawn.histograms[1],
      failedLatency: drawn.histograms[2],
      ...(drawn.headerOverhead === undefined ? {} : { headerOverhead: drawn.headerOverhead }),
    },
    outputTokens: drawn.outputTokens,
    generator: {
      processes: 1,
      lostProcesses: drawn.health[4],
      cpu: drawn.health[0] / 100,
      eventLoopUtilization: drawn.health[1] / 100,
      dispatchLag: drawn.dispatchLag,
      maxRssMb: drawn.health[2],
      capHit: drawn.health[3],
    },
    series: drawn.series,
    failureSamples: drawn.failureSamples,
    ...(drawn.version === undefined ? {} : { litellmVersion: drawn.version }),
  }));

const few = { numRuns: 40 };

describe('merging processes', () => {
  it('does not depend on their order', () => {
    fc.assert(
      fc.property(measurement, measurement, (left, right) => {
        expect(mergeProcesses([left, right])).toEqual(mergeProcesses([right, left]));
      }),
      few,
    );
  });

  it('does not depend on their grouping', () => {
    fc.assert(
      fc.property(measurement, measurement, measurement, (one, two, three) => {
        const all = mergeProcesses([one, two, three]);
        expect(mergeProcesses([mergeProcesses([one, two]), three])).toEqual(all);
        expect(mergeProcesses([one, mergeProcesses([two, three])])).toEqual(all);
      }),
      few,
    );
  });

  it('gives the percentiles that one histogram of all values would have', () => {
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 5 }), (parts) => {
        const measured = parts.map((part): Measurement => {
          const nothing = lostMeasurement({ warmUp: 0 }, 1, new Date(0));
          return { ...nothing, histograms: { ...nothing.histograms, latency: encoded(part, 3) } };
        });
        const merged = decodeFromCompressedBase64(mergeProcesses(measured).histograms.latency);
        const whole = decodeFromCompressedBase64(encoded(parts.flat(), 3));
        for (const percentile of [1, 50, 90, 99, 100])
          expect(merged.getValueAtPercentile(percentile)).toBe(whole.getValueAtPercentile(percentile));
        expect(merged.totalCount).toBe(whole.totalCount);
      }),
      few,
    );
  });

  it('sums the same seconds, and takes the worst health', () => {
    const nothing = lostMeasurement({ warmUp: 0 }, 2, new Date(0));
    const at = (started: number): SeriesSecond => ({
      second: 1,
      started,
      succeeded: 0,
      failed: 1,
      failedByClass: { tls: 1 },
    });
    const left: Measurement = {
      ...nothing,
      series: [at(3)],
      generator: { ...nothing.generator, lostProcesses: 0, cpu: 0.4 },
    };
    const right: Measurement = { ...nothing, series: [at(4)], generator: { ...nothing.generator, cpu: 0.9 } };
    const merged = mergeProcesses([left, right]);
    expect(merged.series).toEqual([{ second: 1, started: 7, succeeded: 0, failed: 2, failedByClass: { tls: 2 } }]);
    expect(merged.generator).toMatchObject({ processes: 2, lostProcesses: 1, cpu: 0.9 });
    expect(merged.windowSeconds).toBe(2);
  });

  it('joins the samples of failures without losing any', () => {
    const nothing = lostMeasurement({ warmUp: 0 }, 2, new Date(0));
    const one: Measurement = { ...nothing, failureSamples: [{ class: 'reset', message: 'gone', count: 2 }] };
    const other: Measurement = {
      ...nothing,
      failureSamples: [
        { class: 'reset', message: 'gone', count: 3 },
        { class: 'status429', message: 'slow down', count: 1 },
      ],
    };
    expect(mergeProcesses([one, other]).failureSamples).toEqual([
      { class: 'status429', message: 'slow down', count: 1 },
      { class: 'reset', message: 'gone', count: 5 },
    ]);
  });
});

describe('a lost process', () => {
  it('changes no figure of the others', () => {
    fc.assert(
      fc.property(measurement, (measured) => {
        const lost = lostMeasurement({ warmUp: 5 }, measured.windowSeconds, new Date(2e12));
        const merged = mergeProcesses([measured, lost]);
        const alone = mergeProcesses([measured]);
        expect({ ...merged, generator: undefined }).toEqual({ ...alone, generator: undefined });
        expect(merged.generator.lostProcesses).toBe(measured.generator.lostProcesses + 1);
      }),
      few,
    );
  });

  it('has empty histograms, which merge with all others', () => {
    expect(lostMeasurement({ warmUp: 0 }, 1, new Date(0)).histograms.latency).toBe(encodePairs([], 3));
  });
});
