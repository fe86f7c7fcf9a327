'use strict';
const fs = require('fs');
const path = require('path');

/** What the tasks of the last Nx run came to: one count for each that is no test, and the tests' own counts. */
function countResults(root, targets) {
  const sum = { passed: 0, failed: 0, skipped: 0, tests: 0, notes: [] };
  const file = path.join(root, '.nx', 'cache', 'run.json');
  if (!fs.existsSync(file)) return { ...sum, failed: 1, notes: ['failed: nx, before it ran a task'] };
  const { tasks } = JSON.parse(fs.readFileSync(file, 'utf8'));
  for (const { taskId, target, projectName, status } of tasks) {
    if (!targets.includes(target)) continue;
    const counts = target === 'test' ? readReport(root, projectName) : countOf(status);
    sum.passed += counts.passed;
    sum.failed += counts.failed;
    sum.skipped += counts.skipped;
    if (target === 'test') sum.tests += counts.passed;
    if (target === 'test' && status !== 0 && counts.failed === 0) {
      sum.failed += 1;
      sum.notes.push(`failed: ${taskId}, for a reason that no test shows`);
    }
    if (target !== 'test' && status !== 0) sum.notes.push(`failed: ${taskId}`);
    for (const suite of counts.failedSuites) sum.notes.push(`failed: ${suite}`);
    for (const test of counts.skippedTests) sum.notes.push(`skipped: ${test}`);
  }
  return sum;
}

const countOf = (status) => ({
  passed: status === 0 ? 1 : 0,
  failed: status === 0 ? 0 : 1,
  skipped: 0,
  failedSuites: [],
  skippedTests: [],
});

/** Written by Jest, and restored by Nx along with a cached run. */
function readReport(root, project) {
  const file = path.join(root, 'reports', 'tests', `${project}.json`);
  if (!fs.existsSync(file)) return { ...countOf(1), failedSuites: [`${project}: no report of its tests was written`] };
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

module.exports = { countResults };
