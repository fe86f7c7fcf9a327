import { encodeValues } from '../../test/report/encode-values';
import fc from 'fast-check';
import { guide, syntheticContext, syntheticMeasurement, syntheticRecord } from '../../test/report/synthetic-run';
import type { Measurement } from '../measurement/measurement';
import type { Scenario } from '../scenario/scenario';
import { buildRecord } from './build-record';
import { decodeDistribution } from './distribution';
import { joinRounds } from './join-rounds';
import { directMeasurementOf, measurementOf } from './measurement-of';
import { type FiledRecord, mergeRecords } from './merge-records';
import type { RunRecord } from './record-schema';

const startedAt = (minute: number): string => new Date(Date.UTC(2026, 10, 23, 12, minute)).toISOString();

/** A measurement with its histograms opened, since equal histograms may be encoded differently. */
function opened(measurement: Measurement): unknown {
  const { histograms, generator, series, ...rest } = measurement;
  return {
    ...rest,
    series,
    generator: { ...generator, dispatchLag: decodeDistribution(generator.dispatchLag) },
    histograms: Object.fromEntries(
      Object.entries(histograms).map(([name, histogram]) => [name, decodeDistribution(histogram)]),
    ),
  };
}

/** What a record says, without what makes it this record. */
function figures(record: RunRecord): unknown {
  const { id: _id, sha256: _sha256, rounds: _rounds, provenance: _provenance, ...rest } = record;
  return rest;
}

function oneRound(minute: number, change: { id?: string; scenario?: Scenario; target?: string } = {}): RunRecord {
  return buildRecord(
    {
      target: [syntheticMeasurement({ seed: minute + 1, seconds: 20, startedAt: startedAt(minute) })],
      direct: {
        target: 'http://127.0.0.1:8080',
        rounds: [
          syntheticMeasurement({
            seed: minute + 2,
            seconds: 20,
            tail: 1,
            gateway: false,
            startedAt: startedAt(minute),
          }),
        ],
      },
    },
    syntheticContext({ id: `run-${minute}`, ...change }),
  );
}

const filed = (record: RunRecord): FiledRecord => ({ file: `${record.id}.json`, record });

describe('the measurement of a record', () => {
  it.each([
    ['plain', syntheticMeasurement()],
    ['streaming', syntheticMeasurement({ streaming: true })],
    ['failing', syntheticMeasurement({ failing: { timeout: 0.1, status429: 0.2 } })],
    ['without a gateway', syntheticMeasurement({ gateway: false })],
    ['in which all failed', syntheticMeasurement({ failing: { connect: 1 } })],
  ])('is the one it was built from: %s', (_, measurement) => {
    const record = buildRecord({ target: [measurement] }, syntheticContext());
    const emptied = measurement.counts.succeeded === 0 ? { headerOverhead: undefined, queueing: undefined } : {};
    const { histograms } = measurement;
    const expected = {
      ...measurement,
      histograms: Object.fromEntries(
        Object.entries({ ...histograms, ...emptied }).filter(([, value]) => value !== undefined),
      ),
    };
    expect(opened(measurementOf(record))).toEqual(opened(expected as unknown as Measurement));
  });

  it('of the direct rounds comes back likewise', () => {
    const direct = syntheticMeasurement({ seed: 9, gateway: false });
    const record = buildRecord(
      { target: [syntheticMeasurement()], direct: { target: 'http://127.0.0.1:8080', rounds: [direct] } },
      syntheticContext(),
    );
    expect(opened(directMeasurementOf(record)!)).toEqual(opened(direct));
  });
});

describe('merged records', () => {
  it('say what one record of all the rounds says', () => {
    const merged = mergeRecords(
      [0, 4, 8].map((minute) => filed(oneRound(minute))),
      'merged',
    );
    const rounds = [0, 4, 8].map((minute) => oneRound(minute));
    const whole = buildRecord(
      {
        target: rounds.map((record) => measurementOf(record)),
        direct: { target: 'http://127.0.0.1:8080', rounds: rounds.map((record) => directMeasurementOf(record)!) },
      },
      syntheticContext(),
    );
    expect(figures(merged)).toEqual(figures(whole));
    expect(merged.rounds).toEqual(['run-0.json', 'run-4.json', 'run-8.json'].map((file) => ({ kind: 'target', file })));
  });

  it('may differ in their seeds', () => {
    const other = oneRound(4, { scenario: { ...guide, seed: 2 } });
    expect(mergeRecords([filed(oneRound(0)), filed(other)], 'merged').scenario.seed).toBe(1);
  });

  it('of one is that one', () => {
    const record = oneRound(0);
    expect(mergeRecords([filed(record)], 'merged')).toBe(record);
  });

  it.each([
    [
      'another scenario',
      oneRound(4, { scenario: { ...guide, arrival: { closed: { users: 7, thinkTime: { min: 0, max: 0 } } } } }),
      /run-4\.json\n\s+scenario\.arrival\.closed\.users\s+differs from that of run-0\.json/,
    ],
    ['another target', oneRound(4, { target: 'http://b' }), /target\s+is http:\/\/b here and http:\/\/127.0.0.1:4000/],
    ['itself', oneRound(0), /is the same record as run-0\.json/],
    ['one of the same time', oneRound(0, { id: 'run-x' }), /window\s+lies in the same time as that of run-0\.json/],
    [
      'another LiteLLM',
      buildRecord(
        { target: [{ ...syntheticMeasurement({ startedAt: startedAt(9) }), litellmVersion: '1.104.0' }] },
        syntheticContext({ id: 'old' }),
      ),
      /provenance\.litellmVersion\s+is 1\.104\.0 here and 1\.108\.7/,
    ],
  ])('refuse %s', (_, other, expected) => {
    expect(() => mergeRecords([filed(oneRound(0)), filed(other)], 'merged')).toThrow(expected);
  });

  it('stay invalid when one of them is, and name it', () => {
    const bad = buildRecord(
      { target: [syntheticMeasurement({ cpu: 0.9, startedAt: startedAt(9) })] },
      syntheticContext({ id: 'bad' }),
    );
    const good = buildRecord({ target: [syntheticMeasurement()] }, syntheticContext({ id: 'good' }));
    expect(mergeRecords([filed(good), filed(bad)], 'merged').validity).toEqual({
      valid: false,
      reasons: [expect.stringMatching(/^bad\.json: the load generator used 90 %/)],
    });
  });
});

describe('joining rounds', () => {
  const round = (values: readonly number[]): Measurement => ({
    ...syntheticMeasurement({ seconds: 1, rate: 0, gateway: false }),
    counts: { ...syntheticMeasurement({ rate: 0 }).counts, started: values.length, succeeded: values.length },
    histograms: { latency: encodeValues(values), serviceTime: encodeValues(values), failedLatency: encodeValues([]) },
  });
  const rounds = fc.array(fc.array(fc.integer({ min: 1, max: 3_600_000_000 }), { maxLength: 20 }), {
    minLength: 3,
    maxLength: 5,
  });

  it('is exact: the histogram of all is that of every value together', () => {
    fc.assert(
      fc.property(rounds, (all) => {
        const joined = joinRounds(all.map(round));
        expect(decodeDistribution(joined.histograms.latency)).toEqual(decodeDistribution(encodeValues(all.flat())));
        expect(joined.counts.started).toBe(all.flat().length);
      }),
      { numRuns: 12 },
    );
  });

  it('does not depend on how they are grouped', () => {
    fc.assert(
      fc.property(rounds, (all) => {
        const measured = all.map(round);
        const [first, ...others] = measured;
        const grouped = joinRounds([first!, joinRounds(others)]);
        expect(opened(grouped)).toEqual(opened(joinRounds(measured)));
      }),
      { numRuns: 12 },
    );
  });
});

it('a record of pairs keeps what its interval comes from', () => {
  expect(syntheticRecord(3).overhead?.direct?.pairs).toHaveLength(3);
});
