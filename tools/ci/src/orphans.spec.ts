import { liveResources, orphanOf } from './orphans';

const known = { environments: ['benchmark', 'laptop'], environment: 'benchmark', stacks: ['network', 'state-backend'] };

it.each([
  ['loadlab/benchmark/network.tfstate', undefined],
  ['loadlab/benchmark/state-backend.tfstate', undefined],
  ['loadlab/benchmark/cache.tfstate', { environment: 'benchmark', stack: 'cache', gone: 'stack' }],
  // Another environment's stacks are looked at when it is that one's turn.
  ['loadlab/laptop/cache.tfstate', undefined],
  ['loadlab/former/network.tfstate', { environment: 'former', stack: 'network', gone: 'environment' }],
  // No states, or not ours.
  ['loadlab/benchmark/network.tfstate.tflock', undefined],
  ['loadlab/benchmark/last-applied.json', undefined],
  ['loadlab/benchmark/plans/network-benchmark/aa/plan.bin', undefined],
  ['other/benchmark/cache.tfstate', undefined],
])('%s', (key, orphan) => {
  expect(orphanOf(key, 'loadlab', known)).toEqual(orphan);
});

it('only what is managed counts as alive', () => {
  const resources = [
    { mode: 'managed', instances: [{}, {}] },
    { mode: 'data', instances: [{}] },
  ];
  expect(liveResources(JSON.stringify({ resources }))).toBe(2);
  expect(liveResources('{"version":4}')).toBe(0);
});
