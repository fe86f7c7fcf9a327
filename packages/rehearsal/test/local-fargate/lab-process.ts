import { LocalFargate } from '../../src/local-fargate';
import { nodeRuntime } from '../../src/local-fargate/runtime/node-runtime';
import { nodeContainer, taskOf } from './task-definitions';

/** Leaves a daemon behind, out of its process group, its session and its family, and says who that is. */
const DAEMON = `
  const { spawn } = require('child_process');
  const stay = 'console.log("daemon " + process.pid); setInterval(() => {}, 1000)';
  const between = 'require("child_process").spawn(process.execPath, ["-e", ' + JSON.stringify(stay) + '], { detached: true, stdio: "inherit" }).unref()';
  spawn(process.execPath, ['-e', between], { detached: true, stdio: 'inherit' });
  console.log('main ' + process.pid);
  process.on('SIGTERM', () => {});
  setInterval(() => {}, 1000);`;

/** A lab with one task, to be ended in every way there is. Its folder is its argument; what happens on its line of input, too. */
async function main(): Promise<void> {
  const fargate = await LocalFargate.open({ root: process.argv[2] ?? '', runtimes: [nodeRuntime] });
  const task = await fargate.startTask({
    taskDefinition: taskOf(nodeContainer('main')),
    surroundings: { volumes: { app: { files: { 'main.js': DAEMON } } } },
  });
  process.stdout.write(`${task.logFile('main')}\n`);
  process.stdin.once('data', () => {
    throw new Error('a crash');
  });
}

void main();
