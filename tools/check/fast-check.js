'use strict';
/**
 * fast-check as every test gets it (`jest.preset.js`): the same examples for the same commit, so that a cached result is what a run
 * would give, and nothing fails that was not touched. `LOADLAB_TEST_SEED` gives other examples; `LOADLAB_TEST_FULL=1` gives new ones
 * each time, and more of them where a test does not say how many.
 */
const fastCheck = require('fast-check-itself');

fastCheck.configureGlobal(
  process.env.LOADLAB_TEST_FULL === '1' ? { numRuns: 1000 } : { seed: Number(process.env.LOADLAB_TEST_SEED ?? '1') },
);

module.exports = fastCheck;
