import { RandomDraws } from './random-draws';

const many = (draw: () => number, count = 20_000): number[] =>
  Array.from({ length: count }, draw).sort((a, b) => a - b);
const quantile = (sorted: readonly number[], share: number): number => sorted[Math.floor(share * sorted.length)] ?? NaN;

describe('RandomDraws', () => {
  it('repeats itself for a seed and stream, and differs for another seed or stream', () => {
    const draws = (seed: number, stream: number): number[] => {
      const source = new RandomDraws(seed, stream);
      return Array.from({ length: 5 }, () => source.uniform());
    };

    expect(draws(1, 0)).toEqual(draws(1, 0));
    expect(draws(1, 0)).not.toEqual(draws(2, 0));
    expect(draws(1, 0)).not.toEqual(draws(1, 1));
  });

  it.each([0.1, 0.5, 1])('draws a log-normal of the median and the sigma asked for (sigma %p)', (sigma) => {
    const source = new RandomDraws(7, 0);
    const sorted = many(() => source.logNormal(100, sigma));

    expect(quantile(sorted, 0.5) / 100).toBeCloseTo(1, 1);
    // 1.6449 and 2.3263 standard deviations: the normal's p95 and p99.
    expect(Math.log(quantile(sorted, 0.95) / 100) / sigma / 1.6449).toBeCloseTo(1, 1);
    expect(Math.log(quantile(sorted, 0.99) / 100) / sigma / 2.3263).toBeCloseTo(1, 1);
  });

  it('lets a thing happen as often as its probability says', () => {
    const source = new RandomDraws(3, 4);
    const share = many(() => (source.happens(0.05) ? 1 : 0)).filter((value) => value === 1).length / 20_000;

    expect(share).toBeGreaterThan(0.045);
    expect(share).toBeLessThan(0.055);
  });

  it('never lets a thing of probability 0 happen, and always one of probability 1', () => {
    const source = new RandomDraws(3, 4);

    expect(many(() => Number(source.happens(0))).at(-1)).toBe(0);
    expect(many(() => Number(source.happens(1)))[0]).toBe(1);
  });
});
