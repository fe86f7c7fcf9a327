'use strict';
/**
 * Makes a fresh clone ready: npm packages from the lock file and Python environments from hashed requirements.
 * It uses nothing but Node itself, since it runs before anything is installed, and is written so that an old Node can at
 * least read it and say what is wrong. What is already in place is recognised by stamps, so a second start costs milliseconds.
 *
 *   node tools/setup/setup.js [--python [--for-tests] | --for-rehearsals]
 */
const fs = require('fs');
const path = require('path');
const { environmentsFor } = require('./python-environments');
const { installNpmPackages, makePythonEnvironment, requireTerraform, requireTestTools } = require('./steps');
const { requireNode } = require('./tools');
const { withLock } = require('./lock');

const root = path.resolve(__dirname, '..', '..');
const flags = process.argv.slice(2);
const FLAGS = ['--python', '--for-tests', '--for-rehearsals'];

async function main() {
  requireNode();
  const unknown = flags.filter((flag) => !FLAGS.includes(flag));
  if (unknown.length > 0) throw new SetupError(`unknown flag ${unknown.join(', ')}`, `allowed: ${FLAGS.join(', ')}`);
  // First: nobody should wait for half a gigabyte to hear that Terraform is missing.
  if (flags.includes('--for-tests')) requireTestTools();
  else if (flags.includes('--for-rehearsals')) requireTerraform();
  const steps = [
    installNpmPackages(root),
    ...pythonEnvironments().map((environment) => makePythonEnvironment(root, environment)),
  ];
  const due = steps.filter((step) => !step.done());
  if (due.length > 0) {
    fs.mkdirSync(path.join(root, '.loadlab'), { recursive: true });
    await withLock(path.join(root, '.loadlab', 'setup.lock'), async () => {
      // Whoever held the lock before us may have done the work.
      for (const step of due) if (!step.done()) await step.run();
    });
  }
}

function pythonEnvironments() {
  if (flags.includes('--python')) return environmentsFor(flags.includes('--for-tests') ? 'tests' : 'benchmark');
  return flags.includes('--for-rehearsals') ? environmentsFor('rehearsals') : [];
}

const { SetupError } = require('./setup-error');

main().catch((error) => {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`\nset-up: ${error.message}\n  -> ${error.remedy}\n`);
  process.exit(error.exitCode);
});
