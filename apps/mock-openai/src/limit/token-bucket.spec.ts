import fc from 'fast-check';
import { TokenBucket } from './token-bucket';

describe('TokenBucket', () => {
  it('lets through a burst of a second and then the rate, whatever the arrivals', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 2000, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 3000, noNaN: true }), { minLength: 1, maxLength: 200 }),
        (rate, gaps) => {
          const bucket = new TokenBucket(rate, 500);
          let now = 500;
          const passed: number[] = [];
          for (const gap of gaps) {
            now += gap;
            if (bucket.take(now) === 0) passed.push(now);
          }
          // Between any two that passed there were at most a burst and what the rate gave in the meantime.
          for (let from = 0; from < passed.length; from++) {
            for (let to = from; to < passed.length; to++) {
              const seconds = ((passed[to] ?? 0) - (passed[from] ?? 0)) / 1000;
              expect(to - from + 1).toBeLessThanOrEqual(Math.max(1, rate) + rate * seconds + 1e-6);
            }
          }
        },
      ),
    );
  });

  it('says exactly how long to wait: not a moment less is enough', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 2000, noNaN: true }), fc.integer({ min: 1, max: 5000 }), (rate, takes) => {
        const early = new TokenBucket(rate, 0);
        const punctual = new TokenBucket(rate, 0);
        let wait = 0;
        for (let index = 0; index < takes; index++) wait = Math.max(early.take(0), punctual.take(0));
        if (wait === 0) return;

        expect(early.take(wait * 0.99)).toBeGreaterThan(0);
        expect(punctual.take(wait)).toBe(0);
      }),
    );
  });

  it('passes a steady stream at its own rate', () => {
    const bucket = new TokenBucket(100, 0);
    const refused = Array.from({ length: 1000 }, (_, index) => bucket.take(index * 10)).filter((wait) => wait > 0);

    expect(refused).toEqual([]);
  });

  it('lets one through even when the rate is less than one a second', () => {
    const bucket = new TokenBucket(0.1, 0);

    expect([bucket.take(0), bucket.take(0), bucket.take(9_999) > 0, bucket.take(10_000)]).toEqual([0, 10_000, true, 0]);
  });
});
