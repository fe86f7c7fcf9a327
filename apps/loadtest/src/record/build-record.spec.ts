import { encodeValues } from '../../test/report/encode-values';
import {
  guide,
  syntheticContext,
  syntheticMeasurement,
  syntheticRecord,
  type SyntheticTarget,
} from '../../test/report/synthetic-run';
import type { Scenario } from '../scenario/scenario';
import { buildRecord } from './build-record';
import type { RunRecord } from './record-schema';
import { recordSchema } from './record-schema';
import { isIntact } from './seal';

const ofPairs = syntheticRecord(3);
const recordOf = (target: SyntheticTarget, scenario: Scenario = guide): RunRecord =>
  buildRecord({ target: [syntheticMeasurement(target)] }, syntheticContext({ scenario }));

describe('a record', () => {
  it.each([
    ['of rounds in pairs', ofPairs],
    ['of one round', recordOf({})],
    ['of a target that streams', recordOf({ streaming: true })],
    ['of a target that always fails', recordOf({ failing: { status5xx: 1 } })],
    ['of a run in which nothing started', recordOf({ rate: 0 })],
  ])('%s follows its schema and is sealed', (_, record) => {
    expect(recordSchema.safeParse(record).error?.issues).toBeUndefined();
    expect(isIntact(record)).toBe(true);
    expect(isIntact({ ...record, target: 'http://elsewhere' })).toBe(false);
  });

  it('has percentiles of known latencies, to three digits', () => {
    const measurement = syntheticMeasurement();
    const latency = encodeValues(Array.from({ length: 10_000 }, (_, index) => (index + 1) * 100));
    const { latency: section } = buildRecord(
      { target: [{ ...measurement, histograms: { ...measurement.histograms, latency } }] },
      syntheticContext(),
    );
    expect(section).toMatchObject({ unit: 'us', count: 10_000, min: 100 });
    for (const [figure, expected] of Object.entries({
      p50: 5e5,
      p90: 9e5,
      p95: 9.5e5,
      p99: 9.9e5,
      p999: 9.99e5,
      max: 1e6,
    }))
      expect(Math.abs((section[figure as 'p50'] ?? 0) / expected - 1)).toBeLessThan(0.001);
    expect(section.mean).toBeCloseTo(500_050, -3);
  });

  it.each([
    { requests: 999, p99: false, p999: false },
    { requests: 1_000, p99: true, p999: false },
    { requests: 10_000, p99: true, p999: true },
  ])('with $requests requests: p99 shown: $p99, p999 shown: $p999', ({ requests, p99, p999 }) => {
    const { latency } = recordOf({ seconds: 1, rate: requests });
    expect({ p99: 'p99' in latency, p999: 'p999' in latency }).toEqual({ p99, p999 });
  });

  it('says "at least" of every figure that falls among timeouts, and of no other', () => {
    const { latency } = recordOf({ seconds: 100, failing: { timeout: 0.03 } });
    expect(latency.atLeast).toEqual(['mean', 'p99', 'p999', 'max']);
    expect(latency.p99).toBeGreaterThan(59_900_000);
    expect(latency.p95).toBeLessThan(200_000);
  });

  it('counts failures in the error rate and keeps their speed apart from latency', () => {
    const record = recordOf({ failing: { status5xx: 0.1 } });
    const failed = record.counts.failed.status5xx;
    expect(failed).toBeGreaterThan(150);
    expect(record.errorRate).toBe(failed / record.counts.started);
    expect(record.latency.count).toBe(record.counts.started - failed);
    expect(record.failedLatency).toMatchObject({ count: failed });
    expect(record.latency.min).toBeGreaterThan(100_000);
  });

  it('leaves out what does not apply', () => {
    const plain = recordOf({ gateway: false });
    for (const section of ['overhead', 'direct', 'timeToFirstToken', 'interTokenGap', 'failedLatency', 'rounds'])
      expect(plain).not.toHaveProperty(section);
    expect(recordOf({ rate: 0 })).not.toHaveProperty('errorRate');
  });

  it('has the streaming sections of a streaming target', () => {
    const record = recordOf({ streaming: true });
    expect(record.timeToFirstToken?.p50).toBeGreaterThan(50_000);
    expect(record.interTokenGap?.p50).toBeGreaterThan(10_000);
    expect(record.tokens).toMatchObject({ output: 32_000, outputPerSecond: 1600 });
    expect(record.tokens?.perStreamPerSecond?.p50).toBeCloseTo(153, 0);
  });

  it('never holds what a header carries', () => {
    const headers = { 'x-tenant': 'very private', 'x-key': 'env:KEY' };
    const record = recordOf({}, { ...guide, request: { ...guide.request, headers } });
    expect(JSON.stringify(record)).not.toContain('very private');
    expect(record.scenario.request.headers).toEqual({ 'x-tenant': '(not recorded)', 'x-key': 'env:KEY' });
  });
});

describe("Little's bound", () => {
  it('is 1000 users / (0.75 s + the direct median)', () => {
    const { rate } = ofPairs;
    expect(rate.boundBasis).toBe('direct');
    expect(rate.littlesBound).toBeCloseTo(1000 / 0.8504, 0);
  });

  it('takes the fastest percent of answers where there are no direct rounds', () => {
    const { rate } = recordOf({});
    expect(rate.boundBasis).toBe('serviceTimeP1');
    expect(rate.littlesBound).toBeCloseTo(1000 / 0.8515, 0);
  });

  it('does not exist for open arrivals', () => {
    const open = { ...guide, arrival: { open: { rate: 100, process: 'poisson', maxInFlight: 10 } } } as const;
    expect(recordOf({}, open).rate).not.toHaveProperty('littlesBound');
  });
});

describe('rounds', () => {
  it('add up', () => {
    const record = ofPairs;
    expect(record.counts.started).toBe(6000);
    expect(record.window).toMatchObject({ startedAt: '2026-11-23T12:00:00.000Z', seconds: 60 });
    expect(record.rate.offered).toBe(100);
    expect(record.latency.count).toBe(6000);
  });

  it('lay their seconds end to end', () => {
    const { series } = ofPairs;
    expect(series.map(({ second }) => second)).toEqual(Array.from({ length: 60 }, (_, second) => second));
  });

  it('that were cut short make no pair', () => {
    const target = [syntheticMeasurement({ seed: 1 }), syntheticMeasurement({ seed: 2, partial: true })];
    const direct = { target: 'http://127.0.0.1:8080', rounds: [1, 2].map((seed) => syntheticMeasurement({ seed })) };
    const record = buildRecord({ target, direct }, syntheticContext());
    expect(record.window.partial).toBe(true);
    expect(record.overhead?.direct?.pairs).toHaveLength(1);
  });

  it('name the round that cannot be trusted', () => {
    const target = [syntheticMeasurement(), syntheticMeasurement({ cpu: 0.93 })];
    expect(buildRecord({ target }, syntheticContext()).validity).toEqual({
      valid: false,
      reasons: [expect.stringMatching(/^target round 2: the load generator used 93 % of a core/)],
    });
  });
});
