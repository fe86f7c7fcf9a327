module.exports = {
  preset: '../../jest.preset.js',
  displayName: 'stack-checks',
  // All suites look at the same files.
  globalSetup: './test/synthesize-once.ts',
  globalTeardown: './test/remove-synthesized.ts',
};
