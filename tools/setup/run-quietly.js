'use strict';
const { spawn } = require('child_process');
const fs = require('fs');
const path = require('path');
const { SetupError } = require('./setup-error');

/**
 * Runs a command with its output in .loadlab/setup.log, and a line that says how long it has been going.
 * The end of the log is shown when it fails, with what to check.
 */
function runQuietly(root, what, command, args, advice) {
  const log = path.join(root, '.loadlab', 'setup.log');
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const terminal = process.stderr.isTTY;
  const say = (text, last) => process.stderr.write(terminal ? `\r\x1b[K${text}${last ? '\n' : ''}` : `${text}\n`);
  say(`set-up: ${what} …`, false);
  const ticker = setInterval(() => say(`set-up: ${what} … ${seconds()} s`, false), terminal ? 1000 : 10000);
  const output = fs.openSync(log, 'w');
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', output, output],
      env: { ...process.env, UV_PYTHON_DOWNLOADS: 'never', UV_NO_PROGRESS: '1' },
    });
    const end = (error) => {
      clearInterval(ticker);
      fs.closeSync(output);
      if (error === undefined) {
        say(`set-up: ${what} done in ${seconds()} s`, true);
        resolve();
        return;
      }
      say(`set-up: ${what} failed`, true);
      const tail = fs.readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
      reject(new SetupError(`${what}: ${error}\n${tail}`, `${advice}: ${path.relative(process.cwd(), log)}`));
    };
    child.on('error', (error) => end(error.message));
    child.on('exit', (code, signal) =>
      end(code === 0 ? undefined : signal === null ? `exit code ${code}` : `ended by ${signal}`),
    );
  });
}

module.exports = { runQuietly };
