/**
 * A process of the load generator: prepares, starts when told, tells how it goes, and hands its measurement back. It lives no
 * longer than the process that started it.
 */
import { Engine } from '../engine/engine';
import type { FromProcess, ToProcess } from './generator-messages';

const GLANCE_EVERY_MS = 250;

let engine: Engine | undefined;

function tell(message: FromProcess, then?: () => void): void {
  if (process.connected) process.send?.(message, undefined, undefined, then);
}

function leave(code: number): void {
  process.exit(code);
}

async function run(startMs: number): Promise<void> {
  if (engine === undefined) throw new Error('started before it was prepared');
  const running = engine;
  const ticker = setInterval(() => tell({ type: 'glance', glance: running.glance() }), GLANCE_EVERY_MS);
  const measurement = await running.run(startMs);
  clearInterval(ticker);
  tell({ type: 'done', measurement }, () => leave(0));
}

function fail(error: unknown): void {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  tell({ type: 'failed', stack }, () => leave(1));
}

process.on('message', (message: ToProcess) => {
  switch (message.type) {
    case 'prepare':
      engine = new Engine(message.options);
      tell({ type: 'ready' });
      break;
    case 'start':
      run(message.machineMs).catch(fail);
      break;
    case 'stop':
      engine?.stop();
      break;
  }
});
process.on('uncaughtException', fail);
// Ctrl-C reaches the whole group, and a service manager's SIGTERM all of a service: what to do about it is the parent's
// decision, which comes as `stop`.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
// However the parent ends, by kill -9 too, the channel to it closes.
process.on('disconnect', () => leave(1));
