import { guide, syntheticContext, syntheticMeasurement, type SyntheticTarget } from '../../test/report/synthetic-run';
import { buildRecord } from '../record/build-record';
import type { RunRecord } from '../record/record-schema';
import type { ServiceLevelObjectives } from '../scenario/scenario';
import { foremostExitCode } from '@loadlab/foundation';
import { exitCodeOf } from './exit-code';

function recordOf(slo: ServiceLevelObjectives, target: SyntheticTarget = {}): RunRecord {
  return buildRecord({ target: [syntheticMeasurement(target)] }, syntheticContext({ scenario: { ...guide, slo } }));
}

describe('an objective', () => {
  it.each([
    ['a latency below its limit is met', { p50: 0.11 }, {}, { limit: 110_000, unit: 'us', met: true }],
    ['a latency above its limit is missed', { p50: 0.1 }, {}, { limit: 100_000, met: false }],
    ['an error rate at its limit is met', { errorRate: 0 }, {}, { measured: 0, unit: 'share', met: true }],
    ['an error rate above its limit is missed', { errorRate: 0.01 }, { failing: { reset: 0.05 } }, { met: false }],
    ['a rate above its limit is met', { rate: 90 }, {}, { limit: 90, unit: '1/s', met: true }],
    ['a rate below its limit is missed', { rate: 101 }, {}, { met: false }],
    ['of the overhead header is met', { overheadP95: 0.008 }, {}, { limit: 8000, met: true }],
    [
      'of a header that never came is missed',
      { overheadP95: 0.008 },
      { gateway: false },
      { met: false, reason: 'no answer carried x-litellm-overhead-duration-ms' },
    ],
    [
      'with too few samples is missed',
      { p99: 10 },
      { seconds: 5 },
      { met: false, reason: 'needs 1,000 samples, and there are 500' },
    ],
    [
      'among timeouts is missed even below its limit',
      { p99: 70 },
      { failing: { timeout: 0.05 } },
      { met: false, atLeast: true, reason: 'falls among timeouts, so the truth may be above the limit' },
    ],
    ['when nothing finished is missed', { p50: 1 }, { rate: 0 }, { met: false, reason: 'no request finished' }],
    ['of tokens is met', { ttftP95: 1, gapP95: 1 }, { streaming: true }, { met: true }],
  ] as const)('%s', (_, slo, target, expected) => {
    expect(recordOf(slo, target).slo[0]).toMatchObject(expected);
  });

  it('keeps its place in the scenario', () => {
    expect(recordOf(guide.slo).slo.map(({ objective }) => objective)).toEqual(Object.keys(guide.slo));
  });
});

describe('the exit code', () => {
  it.each([
    ['all met', {}, { p50: 1 }, 0],
    ['an objective missed', {}, { p50: 0.001 }, 1],
    ['invalid', { cpu: 0.9 }, { p50: 1 }, 2],
    ['invalid and an objective missed', { cpu: 0.9 }, { p50: 0.001 }, 2],
    ['interrupted, invalid and an objective missed', { cpu: 0.9, partial: true }, { p50: 0.001 }, 130],
  ])('of a run that is %s', (_, target, slo, expected) => {
    expect(exitCodeOf(recordOf(slo, target))).toBe(expected);
  });

  it.each([
    [[1, 2, 3, 70, 130], 70],
    [[1, 2, 3, 130], 3],
    [[1, 2, 130], 130],
    [[1, 2], 2],
    [[0, 1], 1],
    [[], 0],
  ] as const)('of %j together is %d', (codes, expected) => {
    expect(foremostExitCode(codes)).toBe(expected);
  });
});
