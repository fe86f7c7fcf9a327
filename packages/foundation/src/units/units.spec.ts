import fc from 'fast-check';
import { z } from 'zod';
import { checkSchema } from '../documents/check-schema';
import { parseSource } from '../documents/read-document';
import { duration, formatDuration, parseDuration, parseRate, parseShare, parseSize, rate, share, size } from './units';

describe('a duration', () => {
  it.each([
    ['250us', 0.00025],
    ['250ms', 0.25],
    ['1.5s', 1.5],
    ['5m', 300],
    ['1h', 3600],
    ['0s', 0],
    [' 3s ', 3],
  ])('%j is %d seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each(['', '5', '5 s', '-5s', '1e3s', '5sec', '1h30m', 's', '.5s'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('has no dust of binary fractions', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (milliseconds) => {
        expect(parseDuration(`${milliseconds}ms`)).toBe(milliseconds / 1000);
      }),
    );
  });
});

describe('rates, shares and sizes', () => {
  it.each([
    [parseRate, '500/s', 500],
    [parseRate, '30/m', 0.5],
    [parseRate, '7200/h', 2],
    [parseShare, '0.1%', 0.001],
    [parseShare, '100%', 1],
    [parseSize, '16KB', 16_000],
    [parseSize, '64MiB', 67_108_864],
    [parseSize, '1.5GB', 1_500_000_000],
    [parseSize, '10B', 10],
  ])('%p reads %j', (parse, text, value) => {
    expect(parse(text)).toBe(value);
  });

  it.each([
    [parseRate, '500'],
    [parseRate, '500/d'],
    [parseShare, '0.1'],
    [parseShare, '101%'],
    [parseSize, '16kb'],
    [parseSize, '16'],
  ])('%p refuses %j', (parse, text) => {
    expect(parse(text)).toBeUndefined();
  });
});

describe('a unit in a document', () => {
  it.each([
    ['a wrong type', duration(), 5, 'must be a duration such as 250ms, 1.5s, 5m or 1h, not 5'],
    ['a wrong text', duration(), '5', 'must be a duration such as 250ms, 1.5s, 5m or 1h, not "5"'],
    ['a list', rate(), [1], 'must be a rate such as 500/s or 30/m, not [1]'],
    ['too large a share', share(), '150%', 'must be a share such as 0.1% (at most 100%), not "150%"'],
    ['true', size(), true, 'must be a size such as 16KB or 64MiB, not true'],
  ])('says what it wants, given %s', (_what, unit, value, message) => {
    const document = parseSource('x.yaml', JSON.stringify({ value }));
    const { problems } = checkSchema(document, z.object({ value: unit }));
    expect(problems).toEqual([{ file: 'x.yaml', path: 'value', line: 1, message }]);
  });

  it('is known to editors by its pattern', () => {
    expect(z.toJSONSchema(duration(), { io: 'input' })).toMatchObject({
      type: 'string',
      pattern: expect.any(String) as string,
    });
  });
});

describe('a duration, for people', () => {
  it.each([
    [0, '0 s'],
    [0.0000999, '99.9 us'],
    [0.25, '250 ms'],
    [0.0009999, '1 ms'],
    [1.5, '1.5 s'],
    [119.4, '119 s'],
    [300, '5 min'],
    [7200, '2 h'],
    [-0.25, '-250 ms'],
  ])('%d s is %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it('never shows more than three digits before its unit', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 7000, noNaN: true }), (seconds) => {
        const [digits = ''] = formatDuration(seconds).split(' ');
        expect(digits.replace(/\D/g, '').replace(/^0+/, '').length).toBeLessThanOrEqual(3);
      }),
    );
  });
});
