import { EXIT } from '@loadlab/foundation';

/**
 * Ctrl-C and SIGTERM: the first asks the work to stop and keep what it has, the second ends the process at once.
 * Returns the signal to hand on and a function that takes the handlers away again.
 */
export function onInterruption(words = 'stopping; what was measured is kept. Again to stop at once.'): {
  signal: AbortSignal;
  release: () => void;
} {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    process.stderr.write(`\nloadlab: ${words}\n`);
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return {
    signal: controller.signal,
    release() {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
    },
  };
}
