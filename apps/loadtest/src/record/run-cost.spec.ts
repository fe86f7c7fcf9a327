import { runCost } from './run-cost';

const lab = { currency: 'USD', hourly: 1.05, notCounted: ['logs by GB'], basis: 'list prices' } as const;

it('a run costs its share of an hour, and a million requests what they take at the achieved rate', () => {
  const cost = runCost(lab, { seconds: 360, achieved: 1000 });
  expect(cost.run).toBeCloseTo(0.105, 10);
  // 1,000 s at 1,000 requests/s.
  expect(cost.perMillionRequests).toBeCloseTo((1.05 * 1000) / 3600, 10);
  expect(cost).toMatchObject({ hourly: 1.05, notCounted: ['logs by GB'], basis: 'list prices' });
});

it('no request has a price where none was completed', () => {
  expect(runCost(lab, { seconds: 10, achieved: 0 })).not.toHaveProperty('perMillionRequests');
});
