'use strict';
/**
 * Every check of the repository: format and dead code, and beside them lint, types and tests of each project through Nx (cached: what
 * did not change is not run again). Ends with `N passed, N failed`, and `N skipped` if any were.
 */
const fs = require('fs');
const path = require('path');
const { withLock } = require('../setup/lock');
const { Processes } = require('./processes');
const { countResults } = require('./results');

const root = path.resolve(__dirname, '..', '..');
const TARGETS = ['lint', 'typecheck', 'test'];
// The longest tests wait more than they compute: started last, they would leave a core idle for minutes; with two at a time, half of one.
const FIRST = 'long-tests-first';
const PARALLEL = '3';
const INTERRUPTED = 130;
/** In full, properties look for new examples: what was found once says nothing of the next time. */
const IS_FULL = process.env.LOADLAB_TEST_FULL === '1';

const processes = new Processes();
let interrupted = false;
// No cloud, no colours in logs, no daemon left behind; plugins in-process start three times faster.
const environment = {
  ...process.env,
  NX_NO_CLOUD: 'true',
  NX_DAEMON: 'false',
  NX_ISOLATE_PLUGINS: 'false',
  FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
};

const run = (inherit, program, ...args) =>
  processes.run(path.join(root, 'node_modules', '.bin', program), args, { cwd: root, env: environment, inherit });

/** By content, not by time: a clone has the times of its making. */
const PRETTIER = ['--check', '--log-level', 'warn', '--cache', '--cache-strategy', 'content'];
const PRETTIER_CACHE = ['--cache-location', 'node_modules/.cache/prettier/check'];

async function main() {
  const started = Date.now();
  fs.rmSync(path.join(root, 'reports', 'tests'), { recursive: true, force: true });
  fs.rmSync(path.join(root, '.nx', 'cache', 'run.json'), { force: true });

  // These two say nothing unless something is wrong, and fill the core that Nx leaves idle while it starts.
  const sides = Promise.all([
    run(false, 'prettier', ...PRETTIER, ...PRETTIER_CACHE, '.').then((end) => ({ name: 'format', ...end })),
    run(false, 'knip', '--no-config-hints').then((end) => ({ name: 'dead code', ...end })),
  ]);
  const nx = await run(
    true,
    'nx',
    'run-many',
    '-t',
    ...TARGETS,
    FIRST,
    '--parallel',
    PARALLEL,
    '--output-style',
    'static',
    ...(IS_FULL ? ['--skip-nx-cache'] : []),
  );
  if (interrupted) return INTERRUPTED;

  const results = countResults(root, TARGETS);
  for (const { name, status, printed } of await sides) {
    if (status === 0) results.passed += 1;
    else {
      results.failed += 1;
      console.log(`\n== ${name}\n${printed.trimEnd()}`);
      results.notes.push(`failed: ${name}`);
    }
  }
  // Tasks that were not even started, since others had failed, are in no result.
  if (nx.status !== 0 && results.failed === 0) results.failed += 1;

  console.log();
  for (const note of results.notes) console.log(note);
  console.log(`${Math.round((Date.now() - started) / 1000)} s`);
  const skipped = results.skipped > 0 ? `, ${results.skipped} skipped` : '';
  console.log(`${results.passed} passed, ${results.failed} failed${skipped}`);
  return results.failed === 0 && results.tests > 0 ? 0 : 1;
}

async function interrupt(name) {
  if (interrupted) return;
  interrupted = true;
  console.error(`\nnpm test: ${name}, ending what is running …`);
  await processes.end();
  process.exit(INTERRUPTED);
}
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => void interrupt(name));

fs.mkdirSync(path.join(root, '.loadlab'), { recursive: true });
// Two at once would clear each other's reports and judge half-written ones.
withLock(path.join(root, '.loadlab', 'check.lock'), main, { who: 'npm test', what: 'npm test in this folder' }).then(
  (status) => {
    if (!interrupted) process.exit(status);
  },
  (error) => {
    if (interrupted) return;
    console.error(error);
    process.exit(70);
  },
);
