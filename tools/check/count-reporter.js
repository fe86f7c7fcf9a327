'use strict';
const fs = require('fs');
const path = require('path');

const reports = path.resolve(__dirname, '..', '..', 'reports', 'tests');

/** Jest reporter: how many tests of a project passed, failed and were skipped, where `npm test` adds them up and Nx caches them. */
class CountReporter {
  onRunComplete(contexts, results) {
    const [context] = contexts;
    if (context === undefined) return;
    const suites = results.testResults;
    const counts = {
      passed: results.numPassedTests,
      // A suite that could not even be loaded has no failed test of its own.
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
      failedSuites: suites
        .filter((suite) => suite.numFailingTests > 0 || suite.testExecError)
        .map((suite) => relative(suite.testFilePath)),
      skippedTests: suites.flatMap((suite) =>
        suite.testResults
          .filter(({ status }) => status !== 'passed' && status !== 'failed')
          .map(({ fullName }) => `${relative(suite.testFilePath)}: ${fullName}`),
      ),
    };
    fs.mkdirSync(reports, { recursive: true });
    fs.writeFileSync(
      path.join(reports, `${context.config.displayName.name}.json`),
      `${JSON.stringify(counts, null, 2)}\n`,
    );
  }
}

/** Relative to the workspace, since a report may be read in another clone. */
const relative = (file) => path.relative(path.resolve(__dirname, '..', '..'), file);

module.exports = CountReporter;
