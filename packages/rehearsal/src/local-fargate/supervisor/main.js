'use strict';
/**
 * Stands between LoadLab and the processes of one task, in a session of its own: starts them, passes signals and exit codes on, and
 * kills every one of them as soon as LoadLab is gone, however it went (the channel between the two closes even after kill -9).
 * Plain JavaScript without dependencies: it must start in no time and has nothing that could break.
 *
 *   node main.js               serves the messages below; run with an IPC channel
 *   node main.js --sweep PREFIX   kills the processes whose marker lies below PREFIX
 *
 * In:  { type: 'start', id, marker, program, args, environment, folder, log }
 *      { type: 'check', id, marker, program, args, environment, folder }     a health check, its output kept
 *      { type: 'signal', id, signal }    to the container's first process, as a container runtime does
 *      { type: 'kill', id }              SIGKILL to all of it
 * Out: { type: 'started', id, pid } | { type: 'failed', id, reason }
 *      { type: 'ended', id, code, signal, output? }    after everything the process started is dead too
 */
const { spawn } = require('child_process');
const fs = require('fs');
const { kill, killMarked } = require('./marked-processes');

const OUTPUT_LIMIT = 4096;
/** Running processes by id: `{ child, marker }`. */
const running = new Map();
const markers = new Set();

function start({ id, marker, program, args, environment, folder, log }) {
  const descriptor = log === undefined ? undefined : fs.openSync(log, 'a');
  const output = descriptor ?? 'pipe';
  const child = spawn(program, args, {
    cwd: folder,
    env: environment,
    // A process group and session of its own: Ctrl-C in the terminal does not reach it, and all of it can be killed at once.
    detached: true,
    stdio: ['ignore', output, output],
  });
  if (descriptor !== undefined) fs.closeSync(descriptor);
  markers.add(marker);
  const heard = descriptor === undefined ? listen(child) : undefined;
  child.once('error', (error) => {
    if (child.pid === undefined) tell({ type: 'failed', id, reason: error.message });
  });
  if (child.pid === undefined) return;
  running.set(id, { child, marker });
  tell({ type: 'started', id, pid: child.pid });
  child.once('exit', (code, signal) => {
    running.delete(id);
    // As a container ends with its first process. A health check may share the marker, so only its own group is ended.
    kill(-child.pid);
    if (descriptor !== undefined) {
      killMarked(marker);
      tell({ type: 'ended', id, code, signal });
      return;
    }
    // The last words may still be in the pipe; one that something else holds open is not waited for.
    let told = false;
    const end = () => {
      if (!told) tell({ type: 'ended', id, code, signal, output: heard() });
      told = true;
    };
    child.once('close', end);
    setTimeout(end, 200);
  });
}

/** Keeps the first words of a process's output. */
function listen(child) {
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      if (text.length < OUTPUT_LIMIT) text += chunk.toString().slice(0, OUTPUT_LIMIT - text.length);
    });
  return () => text;
}

const handlers = {
  start,
  check: start,
  signal({ id, signal }) {
    running.get(id)?.child.kill(signal);
  },
  kill({ id }) {
    const entry = running.get(id);
    if (entry) kill(-entry.child.pid);
  },
};

function tell(message) {
  // A channel that closed meanwhile is handled by its own event.
  if (process.connected) process.send(message, () => undefined);
}

function endEverything() {
  for (const { child } of running.values()) kill(-child.pid);
  for (const marker of markers) killMarked(marker);
  process.exit(0);
}

function main() {
  const sweep = process.argv.indexOf('--sweep');
  if (sweep > 0) {
    process.stdout.write(`${killMarked(process.argv[sweep + 1])}\n`);
    return;
  }
  process.on('message', (message) => handlers[message.type](message));
  process.on('disconnect', endEverything);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, endEverything);
  // A defect here must not leave processes behind either.
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${error.stack}\n`);
    endEverything();
  });
}

main();
