import { InputError, parseSource } from '@loadlab/foundation';
import { newExpiry, withExpiry } from './move-expiry';

const NOW = new Date('2026-11-24T12:00:00.250Z');
const LATER = '2026-11-24T18:00:00Z';

describe('the new expiry', () => {
  it.each([
    ['the present one', '4h', '2026-11-24T16:00:00Z', '2026-11-24T20:00:00Z'],
    ['now, where the present one is past', '4h', '2026-11-20T00:00:00Z', '2026-11-24T16:00:00Z'],
    ['now, where there is none', '90m', undefined, '2026-11-24T13:30:00Z'],
  ])('counts from %s', (_what, by, present, expected) => {
    expect(newExpiry({ by }, present, NOW)).toBe(expected);
  });

  it('is a time of any zone', () => {
    expect(newExpiry({ until: '2026-11-24T19:00+01:00' }, undefined, NOW)).toBe(LATER);
  });

  it.each([
    ['nothing', {}, 'exactly one'],
    ['both', { by: '4h', until: LATER }, 'exactly one'],
    ['no duration', { by: '4 parsecs' }, 'is no duration'],
    ['no time at all', { by: '0s' }, 'is no duration'],
    ['a day', { until: '2026-11-25' }, 'is no absolute time'],
    ['a time without its zone', { until: '2026-11-24T18:00:00' }, 'is no absolute time'],
    ['a month that is none', { until: '2026-13-24T18:00:00Z' }, 'is no absolute time'],
    ['the past', { until: '2026-11-24T11:00:00Z' }, 'is past'],
  ])('is refused for %s', (_what, extension, words) => {
    expect(() => newExpiry(extension, undefined, NOW)).toThrow(InputError);
    expect(() => newExpiry(extension, undefined, NOW)).toThrow(words);
  });
});

describe('an environment.yaml with another expiry', () => {
  it.each([
    [
      'keeps its comments, quotes and blanks',
      '# ours\nnamespace: lab   # short\n\nexpiresAt: "2026-11-24T12:00:00Z"  # Tuesday\nproxy: { tasks:   4 }\n',
      `# ours\nnamespace: lab   # short\n\nexpiresAt: ${LATER}  # Tuesday\nproxy: { tasks:   4 }\n`,
    ],
    [
      'gets one below its owner',
      'namespace: lab\nowner: me # and you\nbackend: {}\n',
      `namespace: lab\nowner: me # and you\nexpiresAt: ${LATER}\nbackend: {}\n`,
    ],
    ['gets one below its region', 'region: us-east-1', `region: us-east-1\nexpiresAt: ${LATER}\n`],
    ['may be in one line', '{ region: us-east-1 }\n', `{ expiresAt: ${LATER}, region: us-east-1 }\n`],
  ])('%s', (_what, before, after) => {
    expect(withExpiry(before, LATER)).toBe(after);
    expect(parseSource('environment.yaml', after).value).toMatchObject({ expiresAt: LATER });
  });
});
