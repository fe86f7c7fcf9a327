import { encodeValues } from '../../test/report/encode-values';
import { randomNumbers } from '../../test/report/synthetic-run';
import { directShift, type Pair } from './quantile-shift';

/** Latencies around a centre, in microseconds, spread over 2 ms with a long tail. */
function latencies(random: () => number, count: number, centre: number): string {
  return encodeValues(
    Array.from({ length: count }, () => Math.round(centre + 2000 * random() - 500 * Math.log(random() + 1e-9))),
  );
}

/** Rounds in which the gateway adds `addedUs`, plus what a noisy machine adds to a whole round. */
function pairsOf(seed: number, rounds: number, { addedUs = 5000, noiseUs = 0, count = 400 } = {}): Pair[] {
  const random = randomNumbers(seed);
  const noise = (): number => noiseUs * (random() + random() + random() - 1.5);
  return Array.from({ length: rounds }, () => ({
    direct: latencies(random, count, 100_000 + noise()),
    target: latencies(random, count, 100_000 + addedUs + noise()),
  }));
}

describe('the shift of a quantile', () => {
  it('is what the gateway adds', () => {
    const { p50, p95 } = directShift(pairsOf(1, 4), 0)!;
    for (const shift of [p50, p95]) {
      expect(shift!.shiftUs).toBeGreaterThan(4500);
      expect(shift!.shiftUs).toBeLessThan(5500);
      expect(shift!.interval[0]).toBeLessThanOrEqual(shift!.shiftUs);
      expect(shift!.interval[1]).toBeGreaterThanOrEqual(shift!.shiftUs);
    }
  });

  it('can be below zero', () => {
    expect(directShift(pairsOf(1, 3, { addedUs: -3000 }), 0)!.p50!.shiftUs).toBeLessThan(-2000);
  });

  it('needs a thousand samples on either side for p99', () => {
    expect(directShift(pairsOf(1, 2, { count: 499 }), 0)).not.toHaveProperty('p99');
    expect(directShift(pairsOf(1, 2, { count: 500 }), 0)).toHaveProperty('p99');
  });

  it('says where its interval comes from', () => {
    expect(directShift(pairsOf(1, 1), 0)).toMatchObject({ basis: 'orderStatistics', confidence: 0.95 });
    expect(directShift(pairsOf(1, 2), 0)).toMatchObject({ basis: 'rounds', confidence: 0.95 });
  });

  it('is at least this much where the quantile falls among timeouts', () => {
    const shift = directShift(pairsOf(1, 2, { count: 1000 }), 30)!;
    expect(shift.p50).not.toHaveProperty('atLeast');
    expect(shift.p99).toMatchObject({ atLeast: true });
  });

  it('does not exist without a pair that has samples', () => {
    expect(directShift([], 0)).toBeUndefined();
    expect(directShift([{ target: encodeValues([1]), direct: encodeValues([]) }], 0)).toBeUndefined();
  });

  it('is not claimed more finely than the histogram resolves', () => {
    const pair = {
      target: encodeValues(Array<number>(100).fill(105_000)),
      direct: encodeValues(Array<number>(100).fill(100_000)),
    };
    const { interval } = directShift([pair, pair, pair], 0)!.p50!;
    expect(interval[1] - interval[0]).toBeGreaterThanOrEqual(64);
  });
});

describe('its 95 % interval', () => {
  const coverage = (intervals: readonly (readonly [number, number])[], truth: number): number =>
    intervals.filter(([low, high]) => low <= truth && truth <= high).length / intervals.length;
  const seeds = Array.from({ length: 120 }, (_, index) => index + 1);

  it('holds the truth when whole rounds differ, because rounds are its unit', () => {
    const noisy = seeds.map((seed) => directShift(pairsOf(seed, 4, { noiseUs: 1500, count: 100 }), 0)!.p50!.interval);
    expect(coverage(noisy, 5000)).toBeGreaterThan(0.9);
  });

  it('holds the truth of one pair when nothing but chance is at work', () => {
    const quiet = seeds.map((seed) => directShift(pairsOf(seed, 1, { count: 200 }), 0)!.p50!.interval);
    expect(coverage(quiet, 5000)).toBeGreaterThan(0.93);
  });

  it('is wider for two rounds than for eight', () => {
    const width = (rounds: number): number => {
      const [low, high] = directShift(pairsOf(3, rounds, { noiseUs: 1500 }), 0)!.p50!.interval;
      return high - low;
    };
    expect(width(2)).toBeGreaterThan(width(8));
  });
});
