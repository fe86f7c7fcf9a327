import { machineNowMs } from '../engine/pace/run-clock';
import { lostMeasurement } from '../measurement/lost-measurement';
import type { Measurement } from '../measurement/measurement';
import { mergeProcesses } from '../measurement/merge-measurements';
import type { LoadRequest } from '../run/load-generator';
import type { Scenario } from '../scenario/scenario';
import { Child } from './child';
import { ProgressMerger } from './merge-progress';
import { processEntry } from './process-entry';

/** From the word to start until the start, so that it reaches every process in time. */
const NOTICE_MS = 100;
const PROGRESS_EVERY_MS = 250;
/** After the word to stop, a process has so long to hand over what it measured. */
const STOPPING_MS = 5_000;

/**
 * Runs a scenario once from processes of their own, so that nothing else that this process does delays a request. All carry
 * parts of one schedule from one common start; what they measured is added up. Processes that die or fall silent are counted
 * as lost. When the signal is aborted they stop sending at once, and what was measured is handed over, marked partial. None
 * outlives this process, however it ends.
 * @throws {Error} when a process ran into a defect of ours, with its stack trace
 */
export async function generateLoad(request: LoadRequest): Promise<Measurement> {
  const { scenario, signal, onProgress, processes, ...rest } = request;
  const count = Math.min(processes, mostProcesses(scenario));
  const progress = new ProgressMerger(count);
  const children = Array.from(
    { length: count },
    (_, index) =>
      new Child(processEntry(), { ...rest, scenario, share: { index, count } }, (glance) =>
        progress.add(index, glance),
      ),
  );
  const ticker = setInterval(() => {
    const merged = progress.progress();
    if (merged !== undefined) onProgress?.(merged);
  }, PROGRESS_EVERY_MS);
  const stopAll = (): void => {
    for (const child of children) child.stop();
    setTimeout(() => killAll(children), STOPPING_MS).unref();
  };
  try {
    await Promise.all(children.map((child) => child.ready));
    const machineMs = machineNowMs() + NOTICE_MS;
    for (const child of children) child.start(machineMs);
    if (signal?.aborted === true) stopAll();
    signal?.addEventListener('abort', stopAll, { once: true });
    const measured = await Promise.all(children.map((child) => child.measured));
    return mergeProcesses(withLost(measured, scenario));
  } finally {
    clearInterval(ticker);
    signal?.removeEventListener('abort', stopAll);
    killAll(children);
  }
}

function withLost(measured: readonly (Measurement | undefined)[], scenario: Scenario): Measurement[] {
  const windows = measured.flatMap((measurement) => measurement?.windowSeconds ?? []);
  const windowSeconds = windows.length === 0 ? scenario.duration : Math.max(...windows);
  return measured.map((measurement) => measurement ?? lostMeasurement(scenario, windowSeconds, new Date()));
}

/** A process needs a user, or a request in flight, of its own. */
function mostProcesses({ arrival }: Scenario): number {
  return 'closed' in arrival ? arrival.closed.users : arrival.open.maxInFlight;
}

function killAll(children: readonly Child[]): void {
  for (const child of children) child.kill();
}
