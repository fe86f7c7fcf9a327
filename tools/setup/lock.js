'use strict';
const fs = require('fs');

/**
 * Runs `work` while holding a lock file that names its owner; waits for a living owner, takes over from a dead one. `who` says what this
 * is, and `what` what another one does, for the word to whoever waits.
 */
async function withLock(file, work, { who = 'set-up', what = 'set-up of this folder' } = {}) {
  let told = false;
  for (;;) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = readOwner(file);
    if (owner !== undefined && !isAlive(owner)) {
      fs.rmSync(file, { force: true });
      continue;
    }
    if (!told)
      process.stderr.write(`${who}: waiting for another ${what} (process ${owner === undefined ? '?' : owner}) …\n`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const release = () => fs.rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

function readOwner(file) {
  try {
    const pid = Number(fs.readFileSync(file, 'utf8'));
    // Between creation and writing the file is empty for an instant.
    return pid > 0 ? pid : undefined;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

module.exports = { withLock };
