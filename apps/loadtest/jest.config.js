module.exports = {
  preset: '../../jest.preset.js',
  displayName: 'loadtest',
  // A busy machine is no failure: what is slow here says so in benchmarks, not in tests.
  testTimeout: 120_000,
};
