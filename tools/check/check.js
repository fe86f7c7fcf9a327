'use strict';
/**
 * Every check of the repository, in the order in which they fail fastest: format, dead code, then lint, types and tests of each
 * project through Nx (cached: what did not change is not run again). Ends with `N passed, N failed`.
 */
const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');

const root = path.resolve(__dirname, '..', '..');
const reports = path.join(root, 'reports', 'tests');
const bin = (name) => path.join(root, 'node_modules', '.bin', name);

// No cloud, no colours in logs, no daemon left behind; plugins in-process start three times faster.
const environment = {
  ...process.env,
  NX_NO_CLOUD: 'true',
  NX_DAEMON: 'false',
  NX_ISOLATE_PLUGINS: 'false',
  FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
};

const steps = [
  {
    name: 'format',
    command: [
      'prettier',
      '--check',
      '--cache',
      '--cache-location',
      'node_modules/.cache/prettier/check',
      '--log-level',
      'warn',
      '.',
    ],
  },
  { name: 'dead code', command: ['knip', '--cache', '--no-config-hints'] },
  { name: 'lint', command: ['nx', 'run-many', '-t', 'lint', '--output-style', 'static'] },
  { name: 'types', command: ['nx', 'run-many', '-t', 'typecheck', '--output-style', 'static'] },
];

function run(command) {
  return (
    spawnSync(bin(command[0]), command.slice(1), {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'inherit', 'inherit'],
    }).status === 0
  );
}

/** Counts from the projects' reports, which Nx restores from its cache along with a cached run. */
function countTests(projects) {
  const sum = { passed: 0, failed: 0 };
  for (const project of projects) {
    const file = path.join(reports, `${project}.json`);
    const counts = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined;
    if (counts === undefined) console.error(`tests of ${project}: no report was written`);
    sum.passed += counts === undefined ? 0 : counts.passed;
    sum.failed += counts === undefined ? 1 : counts.failed;
    for (const suite of counts === undefined ? [] : counts.failedSuites)
      console.error(`failed: ${path.relative(root, suite)}`);
  }
  return sum;
}

function testedProjects() {
  const shown = spawnSync(bin('nx'), ['show', 'projects', '--with-target', 'test', '--json'], {
    cwd: root,
    env: environment,
    encoding: 'utf8',
  });
  if (shown.status !== 0) throw new Error(`nx cannot list the projects:\n${shown.stderr}`);
  return JSON.parse(shown.stdout);
}

let passed = 0;
let failed = 0;
const started = Date.now();
for (const step of steps) {
  console.log(`\n== ${step.name}`);
  if (run(step.command)) passed += 1;
  else {
    failed += 1;
    console.error(`${step.name}: failed`);
  }
}

console.log('\n== tests');
fs.rmSync(reports, { recursive: true, force: true });
const ok = run(['nx', 'run-many', '-t', 'test', '--output-style', 'static']);
const counts = countTests(testedProjects());
passed += counts.passed;
failed += counts.failed;
// Nx may fail for a reason that no report shows, such as a crash of the runner.
if (!ok && counts.failed === 0) failed += 1;

console.log(`\n${Math.round((Date.now() - started) / 1000)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && counts.passed > 0 ? 0 : 1);
