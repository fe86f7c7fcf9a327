'use strict';
/**
 * `npm run benchmark`: makes the clone ready, then runs the whole lab on this machine. Terraform is asked for first, since a person has to
 * install it, and nobody should learn that after minutes of downloads. Flags go to `loadlab local`.
 *
 *   npm run benchmark -- [SCENARIO] [--without-terraform] [flags of loadlab local]
 */
const { spawn } = require('child_process');
const path = require('path');
const { terraformProblem } = require('./tools');

const root = path.resolve(__dirname, '..', '..');
const flags = process.argv.slice(2);

function requireTerraform() {
  const problem = terraformProblem();
  if (problem === undefined) return;
  process.stderr.write(
    `\nset-up: ${problem.seen}; it deploys the lab onto an offline AWS, and must be 1.11 or later\n` +
      `  -> ${problem.install}\n` +
      '  -> or, without deploying anything: npm run benchmark -- --without-terraform\n',
  );
  process.exit(3);
}

/** Runs a program of this workspace with the terminal. Resolves to its exit code. */
function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, program), ...args], { stdio: 'inherit' });
    // A Ctrl-C reaches the program too, which ends in good order: this process only must not go first.
    const stay = () => undefined;
    const passOn = (signal) => child.kill(signal);
    process.on('SIGINT', stay);
    process.on('SIGTERM', passOn);
    child.on('error', reject);
    child.on('exit', (code) => {
      process.off('SIGINT', stay);
      process.off('SIGTERM', passOn);
      // Without a code a signal ended it.
      resolve(code === null ? 130 : code);
    });
  });
}

async function main() {
  if (!flags.includes('--without-terraform')) requireTerraform();
  const ready = await run('tools/setup/setup.js', ['--python']);
  process.exitCode = ready === 0 ? await run('apps/loadlab/bin/loadlab.js', ['local', ...flags]) : ready;
}

main();
