'use strict';
const fs = require('fs');
const path = require('path');

const reports = path.resolve(__dirname, '..', '..', 'reports', 'tests');

/** Jest reporter: how many tests of a project passed and failed, where `npm test` adds them up and Nx caches them. */
class CountReporter {
  onRunComplete(contexts, results) {
    const [context] = contexts;
    if (context === undefined) return;
    const counts = {
      passed: results.numPassedTests,
      // A suite that could not even be loaded has no failed test of its own.
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
      failedSuites: results.testResults
        .filter((suite) => suite.numFailingTests > 0 || suite.testExecError)
        .map((suite) => suite.testFilePath),
    };
    fs.mkdirSync(reports, { recursive: true });
    fs.writeFileSync(
      path.join(reports, `${context.config.displayName.name}.json`),
      `${JSON.stringify(counts, null, 2)}\n`,
    );
  }
}

module.exports = CountReporter;
