import type { ContainerHealthCheck } from '@loadlab/foundation';
import type { Clock } from '../clock';
import { afterCheck, unknownHealth, type ContainerHealth } from './container-health';

/** What came of one run of the check's command. */
export interface CheckResult {
  readonly passed: boolean;
  /** Its exit code and last words, for people. */
  readonly detail: string;
}

/** How a container is watched. */
export interface HealthMonitorOptions {
  readonly check: ContainerHealthCheck;
  readonly clock: Clock;
  /** Runs the command once; ends it when the signal aborts. */
  readonly runCheck: (signal: AbortSignal) => Promise<CheckResult>;
  readonly onCheck: (health: ContainerHealth, result: CheckResult) => void;
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /**
   * Seconds between checks until the first success, within the start period only. ECS has no such setting (Docker has:
   * `--health-start-interval`); on a laptop it saves waiting for the first check of a container that has long been ready.
   * @default - the check's interval
   */
  readonly startIntervalSeconds?: number;
}

/**
 * Checks a container as ECS does, until told to stop: first one interval after the start, then one interval after the end of the
 * check before; a check that takes longer than `timeout` has failed.
 */
export async function monitorHealth(options: HealthMonitorOptions): Promise<void> {
  const { check, clock, signal } = options;
  const start = clock.now();
  let health = unknownHealth;
  for (;;) {
    const starting = health.status === 'UNKNOWN' && clock.now() - start < check.startPeriod;
    await clock.sleep(starting ? (options.startIntervalSeconds ?? check.interval) : check.interval, signal);
    if (signal.aborted) return;
    const startedAt = clock.now() - start;
    const result = await runWithTimeout(options);
    if (isAborted(signal)) return;
    health = afterCheck(health, check, { passed: result.passed, startedAt });
    options.onCheck(health, result);
  }
}

async function runWithTimeout({ check, clock, runCheck, signal }: HealthMonitorOptions): Promise<CheckResult> {
  const over = new AbortController();
  const end = (): void => over.abort();
  const timeout = async (): Promise<CheckResult> => {
    await clock.sleep(check.timeout, over.signal);
    return { passed: false, detail: `no answer within ${check.timeout} s` };
  };
  signal.addEventListener('abort', end);
  try {
    return await Promise.race([runCheck(over.signal), timeout()]);
  } finally {
    // Ends a check that is still running, and the wait for one that is not.
    end();
    signal.removeEventListener('abort', end);
  }
}

/** Asked through a function, since the compiler takes an answer before an await for one after it. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
