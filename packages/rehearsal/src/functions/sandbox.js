'use strict';
/**
 * The process in which a function's handler runs: what AWS's Node runtime is to a function. It gets its event over IPC,
 * answers over IPC, and ends with its parent. Plain JavaScript, because Node's permission model, under which it runs,
 * lets it load nothing but its own code.
 */
const fileSystem = require('node:fs/promises');
const { syncBuiltinESMExports } = require('node:module');
const net = require('node:net');
const path = require('node:path');

process.on('disconnect', () => process.exit(1));
process.once('message', (message) => {
  rewriteAddresses(message.addresses, message.assumedAddress);
  allowChangingModes();
  syncBuiltinESMExports();
  run(message).then(
    (result) => answer({ payload: JSON.stringify(result === undefined ? null : result) }),
    (error) => answer({ payload: JSON.stringify(describe(error)), functionError: 'Unhandled' }),
  );
});

async function run({ codeFolder, handler, event, deadline, functionName }) {
  const dot = handler.lastIndexOf('.');
  // A function's file may be a module of either kind.
  const code = await import(path.join(codeFolder, `${handler.slice(0, dot)}.js`));
  const name = handler.slice(dot + 1);
  const call = code[name] ?? code.default?.[name];
  if (typeof call !== 'function')
    throw Object.assign(new Error(`${handler} is undefined or not exported`), { name: 'Runtime.HandlerNotFound' });
  const context = {
    functionName,
    awsRequestId: process.env.LOADLAB_REQUEST_ID,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  return call(JSON.parse(event), context);
}

/** Inside the VPC a task has an address of its own; on this machine it is a port of 127.0.0.1. */
function rewriteAddresses(addresses, assumedAddress) {
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (...options) {
    const target = Array.isArray(options[0]) ? options[0][0] : options[0];
    if (target !== null && typeof target === 'object' && isPrivate(target.host)) {
      const known = addresses[`${target.host}:${target.port}`] ?? assumedAddress;
      const [host, port] = known.split(':');
      Object.assign(target, { host, port: Number(port), servername: undefined });
    }
    return connect.apply(this, options);
  };
}

function isPrivate(host) {
  return typeof host === 'string' && /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(host);
}

/** Node's permission model refuses to change a file's mode through its handle: it cannot tell the path. We can. */
function allowChangingModes() {
  const open = fileSystem.open;
  fileSystem.open = async (file, ...options) => {
    const handle = await open(file, ...options);
    handle.chmod = (mode) => fileSystem.chmod(file, mode);
    return handle;
  };
}

function describe(error) {
  if (!(error instanceof Error)) return { errorMessage: String(error), errorType: 'Error' };
  // What Node's permission model refuses is what the file system would refuse.
  if (error.code === 'ERR_ACCESS_DENIED')
    return { errorType: 'Error', errorMessage: `EACCES: permission denied, '${error.resource ?? ''}'` };
  const { name, message, stack } = error;
  return { errorType: name, errorMessage: message, ...(stack === undefined ? {} : { trace: stack.split('\n') }) };
}

function answer(message) {
  process.send(message, () => process.exit(0));
}
