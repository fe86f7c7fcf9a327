import cluster from 'node:cluster';
import { InputError } from '@loadlab/foundation';
import { reportDefect } from './defect-report';
import { readCommandLine } from './options/command-line';
import { describeMock } from './options/describe-mock';
import { startMock } from './start-mock-openai';
import { serveAsWorker } from './workers/pool-worker';

const EXIT = { done: 0, badInput: 3, defect: 70, interrupted: 130 };

process.on('uncaughtException', (error) => {
  console.error(reportDefect(error));
  process.exit(EXIT.defect);
});

if (cluster.isWorker) runWorker();
else void runCommand();

async function runCommand(): Promise<void> {
  try {
    const options = readCommandLine(process.argv.slice(2), process.env, (text) => console.log(text));
    if (options === undefined) return;
    const stopAsked = signals();
    const mock = await startMock(options, process.argv[1] ?? '');
    console.log(describeMock(options, mock.url));
    void mock.failure.then((reason) => {
      console.error(`mock-openai: ${reason}; stopped, since with fewer workers it would not keep its schedule`);
      process.exit(EXIT.defect);
    });
    await stopAsked.first;
    console.log('mock-openai: finishing what is in flight (once more: stop at once)');
    await Promise.race([mock.stop(), stopAsked.second.then(() => mock.stop({ immediately: true }))]);
    process.exit(stopAsked.count() > 1 ? EXIT.interrupted : EXIT.done);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const count = error.problems.length;
    console.error(`${error.message}\n${count} problem${count === 1 ? '' : 's'}. Nothing was started.`);
    process.exit(EXIT.badInput);
  }
}

/** The first SIGTERM or SIGINT, and the second. One that comes while the mock is starting is acted on when it has. */
function signals(): { first: Promise<void>; second: Promise<void>; count(): number } {
  let count = 0;
  const listeners: (() => void)[] = [];
  const next = (): Promise<void> => new Promise((resolve) => listeners.push(resolve));
  const received = (): void => listeners[count++]?.();
  process.on('SIGTERM', received);
  process.on('SIGINT', received);
  return { first: next(), second: next(), count: () => count };
}

/** A worker stops when the primary process says so, and never outlives it. Signals to the whole group are the primary's to act on. */
function runWorker(): void {
  process.on('SIGTERM', () => undefined);
  process.on('SIGINT', () => undefined);
  process.on('disconnect', () => process.exit(EXIT.done));
  serveAsWorker({
    send: (value) => void process.send?.(value),
    onMessage: (listener) => void process.on('message', listener),
  });
}
