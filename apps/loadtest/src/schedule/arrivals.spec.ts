import fc from 'fast-check';
import { ArrivalShare, type ArrivalTimes, poissonArrivals, uniformArrivals } from './arrivals';
import { randomStream } from './random-stream';

function firstOf(times: ArrivalTimes, count: number): number[] {
  return Array.from({ length: count }, () => times.next().value);
}

function arrivalsBefore(share: ArrivalShare, endMs: number): { index: number; time: number }[] {
  const seen: { index: number; time: number }[] = [];
  while (share.time < endMs) {
    seen.push({ index: share.index, time: share.time });
    share.advance();
  }
  return seen;
}

const poisson = (seed: number, rate: number): ArrivalTimes => poissonArrivals(rate, randomStream(seed, 'arrivals'));

const SAMPLES = 40_000;
const RATE = 500;

describe.each([1, 7, 42, 4_294_967_295])('Poisson arrivals of seed %d', (seed) => {
  const times = firstOf(poisson(seed, RATE), SAMPLES);
  const gaps = times.map((time, index) => time - (times[index - 1] ?? 0));

  it('come at their rate', () => {
    // The mean of n exponential gaps has a relative standard error of 1/sqrt(n); four of them.
    expect(Math.abs((times.at(-1) ?? 0) / SAMPLES / (1_000 / RATE) - 1)).toBeLessThan(4 / Math.sqrt(SAMPLES));
  });

  it('have gaps that are exponential (Kolmogorov-Smirnov, 0.1 %)', () => {
    const rising = gaps.toSorted((left, right) => left - right);
    const distance = rising.reduce((most, gap, index) => {
      const expected = 1 - Math.exp((-gap * RATE) / 1_000);
      return Math.max(most, Math.abs(expected - index / SAMPLES), Math.abs(expected - (index + 1) / SAMPLES));
    }, 0);
    expect(distance).toBeLessThan(1.95 / Math.sqrt(SAMPLES));
  });

  it('vary between slots of 100 ms as much as their mean', () => {
    const slots = Math.floor((times.at(-1) ?? 0) / 100);
    const counts = new Array<number>(slots).fill(0);
    for (const time of times) {
      const slot = Math.floor(time / 100);
      if (slot < slots) counts[slot] = (counts[slot] ?? 0) + 1;
    }
    const mean = counts.reduce((sum, count) => sum + count, 0) / slots;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (slots - 1);
    expect(variance / mean).toBeGreaterThan(0.85);
    expect(variance / mean).toBeLessThan(1.15);
  });

  it('know nothing of the gap before', () => {
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / SAMPLES;
    const products = gaps.slice(1).map((gap, index) => (gap - mean) * ((gaps[index] ?? 0) - mean));
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / SAMPLES;
    const correlation = products.reduce((sum, product) => sum + product, 0) / products.length / variance;
    expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(SAMPLES));
  });
});

describe('uniform arrivals', () => {
  it('are evenly spaced, each in the middle of its slot', () => {
    expect(firstOf(uniformArrivals(200), 4)).toEqual([2.5, 7.5, 12.5, 17.5]);
  });

  it('fill a window of whole slots with exactly rate x length, wherever it lies', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 1, max: 10 }),
        (rate, startSeconds, seconds) => {
          const share = new ArrivalShare(uniformArrivals(rate), { index: 0, count: 1 });
          const all = arrivalsBefore(share, (startSeconds + seconds) * 1_000);
          expect(all.filter(({ time }) => time >= startSeconds * 1_000)).toHaveLength(rate * seconds);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('a schedule', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(firstOf(poisson(5, 100), 50)).toEqual(firstOf(poisson(5, 100), 50));
    expect(firstOf(poisson(5, 100), 50)).not.toEqual(firstOf(poisson(6, 100), 50));
  });

  it('is the same however many processes share it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }), (count, seed) => {
        const whole = arrivalsBefore(new ArrivalShare(poisson(seed, 300), { index: 0, count: 1 }), 1_000);
        const parts = Array.from({ length: count }, (_, index) =>
          arrivalsBefore(new ArrivalShare(poisson(seed, 300), { index, count }), 1_000),
        );
        expect(parts.flat().toSorted((left, right) => left.index - right.index)).toEqual(whole);
        for (const [index, part] of parts.entries())
          expect(part.every((one) => one.index % count === index)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
