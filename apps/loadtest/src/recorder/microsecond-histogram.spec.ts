import fc from 'fast-check';
import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { encodePairs, MicrosecondHistogram } from './microsecond-histogram';

const value = fc.oneof(
  fc.integer({ min: 0, max: 5_000 }),
  fc.integer({ min: 0, max: 3_600_000_000 }),
  fc.constantFrom(0, 1, 2_047, 2_048, 2_049, 4_095, 4_096, 2 ** 31 - 1, 2 ** 31, 3_600_000_000),
);

function byLibrary(values: readonly number[], digits: 2 | 3): string {
  const histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 3_600_000_000,
    numberOfSignificantValueDigits: digits,
  });
  for (const one of values) histogram.recordValue(one);
  return encodeIntoCompressedBase64(histogram);
}

describe.each([2, 3] as const)('a histogram of %d digits', (digits) => {
  it('encodes to the very text that the library makes of the same values', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 200 }), (values) => {
        const histogram = new MicrosecondHistogram(digits);
        for (const one of values) histogram.record(one);
        expect(histogram.encode()).toBe(byLibrary(values, digits));
        expect(histogram.count).toBe(values.length);
      }),
    );
  });

  it('survives the way over pairs', () => {
    const histogram = new MicrosecondHistogram(digits);
    for (const one of [0, 5, 5, 123_456, 3_600_000_000]) histogram.record(one);
    expect(encodePairs(histogram.toPairs(), digits)).toBe(histogram.encode());
  });
});

describe('a histogram', () => {
  it('rounds fractions, and keeps what is out of range at the end of it', () => {
    const histogram = new MicrosecondHistogram(3);
    for (const one of [-5, 0.4, 0.6, 7.2e9, Infinity]) histogram.record(one);
    expect(histogram.toPairs()).toEqual([0, 2, 1, 1, 3_598_712_832, 2]);
  });

  it('is empty after it was cleared', () => {
    const histogram = new MicrosecondHistogram(3);
    histogram.record(77);
    histogram.clear();
    expect(histogram.toPairs()).toEqual([]);
    expect(histogram.encode()).toBe(new MicrosecondHistogram(3).encode());
  });

  it('tells values apart to a tenth of a percent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_600_000_000 }), (one) => {
        const histogram = new MicrosecondHistogram(3);
        histogram.record(one);
        const read = decodeFromCompressedBase64(histogram.encode()).getValueAtPercentile(50);
        expect(Math.abs(read - one) / one).toBeLessThanOrEqual(0.001);
      }),
    );
  });
});
