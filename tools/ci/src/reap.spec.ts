import { describeLiving, hasExpired } from './reap';

const now = new Date('2026-11-27T12:00:00Z');
const living = [
  { name: 'network', resources: 29, hourly: 0.05 },
  { name: 'database', resources: 0, hourly: 0 },
];

it.each([
  [undefined, false],
  ['2026-11-27T13:00:00Z', false],
  ['2026-11-27T12:00:00Z', true],
  ['2026-11-27T13:00:00+02:00', true],
])('an environment until %s has expired: %s', (expiresAt, expired) => {
  expect(hasExpired(expiresAt, now)).toBe(expired);
});

it('says what an expired one has cost since, and what to do', () => {
  const text = describeLiving({ environment: 'mine', expiresAt: '2026-11-27T02:00:00Z', living, now, aws: true });
  expect(text).toContain('`npm run ci:reap -- --aws --destroy --environment mine`');
  expect(text).toContain('has cost about $0.50 since');
  expect(text).toContain('| `network` | 29 | 0.05 |');
  expect(text).not.toContain('database');
  expect(text).toContain('($1.20 a day)');
});

it('says nothing of prices where nothing exists', () => {
  expect(describeLiving({ environment: 'mine', expiresAt: undefined, living: [], now, aws: true })).toContain(
    'Nothing exists',
  );
});
