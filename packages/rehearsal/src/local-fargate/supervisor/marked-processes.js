'use strict';
const { execFileSync } = require('child_process');
const fs = require('fs');

/**
 * Processes of a container are found by a variable that all of them inherit, so even one that has left its process group, its
 * session and its parent (a daemon) does not get away.
 */
const MARKER = 'LOADLAB_CONTAINER';

/** Ids of the living processes whose marker is `prefix` or lies below it. */
function findMarked(prefix) {
  const found = process.platform === 'linux' ? markersOfProc() : markersOfPs();
  return found.filter(({ marker }) => marker === prefix || marker.startsWith(`${prefix}/`)).map(({ pid }) => pid);
}

/** Kills them, and those that they started meanwhile, until none is left. Returns how many there were. */
function killMarked(prefix) {
  let killed = 0;
  // A process can fork between the search and its death, but not for ever.
  for (let round = 0; round < 50; round++) {
    const pids = findMarked(prefix);
    if (pids.length === 0) return killed;
    for (const pid of pids) if (kill(pid)) killed++;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  }
  return killed;
}

/** SIGKILL to a process, or with a negative number to a process group; false when there is none. */
function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch (error) {
    // ESRCH: already gone. EPERM: macOS says so of a group that holds only the dead.
    if (error.code === 'ESRCH' || error.code === 'EPERM') return false;
    throw error;
  }
}

function markersOfProc() {
  const found = [];
  for (const name of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const environment = readEnvironment(name);
    const at = `\0${environment}`.indexOf(`\0${MARKER}=`);
    if (at < 0) continue;
    const start = at + MARKER.length + 1;
    const end = environment.indexOf('\0', start);
    found.push({ pid: Number(name), marker: environment.slice(start, end < 0 ? undefined : end) });
  }
  return found;
}

function readEnvironment(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    // Gone meanwhile, or somebody else's.
    return '';
  }
}

/** macOS: `ps -E` shows the environment of one's own processes. */
function markersOfPs() {
  const listing = execFileSync('ps', ['-A', '-E', '-ww', '-o', 'pid=,command='], {
    maxBuffer: 256 * 1024 * 1024,
  }).toString();
  return listing.split('\n').flatMap((line) => {
    const pid = /^\s*(\d+)/.exec(line);
    const marker = new RegExp(`\\s${MARKER}=(\\S+)`).exec(line);
    return pid && marker ? [{ pid: Number(pid[1]), marker: marker[1] }] : [];
  });
}

module.exports = { findMarked, kill, killMarked };
