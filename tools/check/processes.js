'use strict';
const { spawn } = require('child_process');
const fs = require('fs');

/** A variable that everything started from here inherits, so that what an interrupted run leaves behind can be told from others'. */
const MARK = 'LOADLAB_CHECK';

/** Programs that one check runs, each in a process group of its own, so that an interruption reaches all that they started. */
class Processes {
  #running = new Set();
  #mark = `${process.pid}-${Date.now()}`;

  /** Runs a program; `output` gets what it prints, at once, or else it is returned. Resolves with its status, 1 after a signal. */
  run(file, args, { cwd, env, inherit }) {
    const child = spawn(file, args, {
      cwd,
      env: { ...env, [MARK]: this.#mark },
      detached: true,
      stdio: ['ignore', ...(inherit ? ['inherit', 'inherit'] : ['pipe', 'pipe'])],
    });
    this.#running.add(child);
    const printed = [];
    for (const stream of inherit ? [] : [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(chunk));
    return new Promise((resolve) => {
      const end = (status, more) => {
        this.#running.delete(child);
        resolve({ status, printed: Buffer.concat(printed).toString() + more });
      };
      child.once('error', (error) => end(1, `${error.message}\n`));
      child.once('close', (code) => end(code ?? 1, ''));
    });
  }

  /** Ends everything: politely, then not, and last what has left its group. */
  async end() {
    const groups = [...this.#running].map(({ pid }) => pid);
    // What a shell has put into the background is deaf to the first.
    for (const [name, grace] of [
      ['SIGINT', 2000],
      ['SIGTERM', 3000],
      ['SIGKILL', 0],
    ]) {
      const alive = groups.filter((group) => signal(-group, name));
      const deadline = Date.now() + grace;
      while (alive.some((group) => signal(-group, 0)) && Date.now() < deadline) await sleep(50);
    }
    for (const pid of this.#left()) signal(pid, 'SIGKILL');
  }

  /** Only Linux shows the variables of other processes. */
  #left() {
    if (process.platform !== 'linux') return [];
    return fs
      .readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .filter((pid) => variablesOf(pid).includes(`${MARK}=${this.#mark}`))
      .map(Number);
  }
}

function variablesOf(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
  } catch {
    // It has ended, or belongs to somebody else: then it is not ours.
    return [];
  }
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

module.exports = { Processes };
