/** What every project's jest.config.js builds on. Tests lie beside the code as *.spec.ts, or in test/ where they span files. */
module.exports = {
  // Machines are busy; in full, properties have ten times the examples.
  testTimeout: process.env.LOADLAB_TEST_FULL === '1' ? 120_000 : 20_000,
  testEnvironment: 'node',
  reporters: ['default', `${__dirname}/tools/check/count-reporter.js`],
  testMatch: ['**/*.spec.ts'],
  // What is made, and what is no test's business: neither is read, nor an input of Nx's cache.
  modulePathIgnorePatterns: ['out-tsc', 'cdktf.out', 'dist', 'bench', 'infra'].map((name) => `<rootDir>/${name}/`),
  // An app's stack is a project of its own inside the app's folder.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/infra/'],
  moduleNameMapper: {
    '^fast-check$': `${__dirname}/tools/check/fast-check.js`,
    '^fast-check-itself$': require.resolve('fast-check'),
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
};
