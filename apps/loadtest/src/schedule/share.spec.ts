import fc from 'fast-check';
import { sizeOfShare } from './share';
import { shuffledIndices } from './shuffle';
import { randomStream } from './random-stream';

describe('shares', () => {
  it('add up to the whole and differ by one at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 1, max: 64 }), (total, count) => {
        const sizes = Array.from({ length: count }, (_, index) => sizeOfShare(total, { index, count }));
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(total);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('a shuffle', () => {
  it('is a permutation that the seed decides', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 1_000 }), (size, seed) => {
        const order = shuffledIndices(size, randomStream(seed, 'prompts'));
        expect(order).toEqual(shuffledIndices(size, randomStream(seed, 'prompts')));
        expect([...order].sort((left, right) => left - right)).toEqual(Array.from({ length: size }, (_, at) => at));
      }),
    );
  });

  it('moves things', () => {
    expect(shuffledIndices(100, randomStream(1, 'prompts'))).not.toEqual(
      Uint32Array.from({ length: 100 }, (_, at) => at),
    );
  });
});
