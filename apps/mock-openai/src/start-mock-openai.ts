import { join } from 'node:path';
import { defaultOptions, type MockOptions } from './options/mock-options';
import type { RunningMock } from './workers/running-mock';
import { startInProcess } from './workers/single-process';
import { startPool } from './workers/worker-pool';

/** What worker processes run when the mock is started from another program. */
const WORKER_SCRIPT = join(__dirname, '..', 'bin', 'mock-openai.js');

/**
 * Starts a mock from a program: on this machine alone, at any free port, in this process, unless told otherwise.
 * @throws {InputError} when the port cannot be had
 */
export function startMockOpenAi(options: Partial<MockOptions> = {}): Promise<RunningMock> {
  const chosen: MockOptions = { ...defaultOptions, host: '127.0.0.1', port: 0, ...options };
  return startMock(chosen, WORKER_SCRIPT);
}

/** Starts a mock as told. `workerScript` is what worker processes run, if there are several. */
export function startMock(options: MockOptions, workerScript: string): Promise<RunningMock> {
  return options.workers === 1 ? startInProcess(options) : startPool(options, workerScript);
}
