import type { Clock } from '../clock';
import type { LocalTask } from '../task/local-task';
import { probe, type ProbeResult } from './readiness-probe';

const PROBE_EVERY_SECONDS = 0.25;
const PROBE_TIMEOUT_SECONDS = 5;

const ended: ProbeResult = { ready: false, detail: 'has ended' };

/** When a task counts as serving. */
export interface ServingCriteria {
  readonly clock: Clock;
  readonly containerPort: number;
  /** Has to answer 200 to 299. */
  readonly readinessPath: string;
  readonly gracePeriodSeconds: number;
  /** True once nobody waits for the task any more. */
  readonly isUnwanted: () => boolean;
}

/**
 * Waits until a task serves: all containers started, container health checks passed (where there are any), and its readiness path
 * answering. Resolves to the reason when it does not: it is stopped then.
 */
export async function untilServing(task: LocalTask, criteria: ServingCriteria): Promise<string | undefined> {
  const { clock, containerPort, readinessPath, gracePeriodSeconds, isUnwanted } = criteria;
  const deadline = clock.now() + gracePeriodSeconds;
  let detail = 'its containers are being started';
  while (task.lastStatus === 'PENDING' || task.lastStatus === 'RUNNING') {
    if (isUnwanted()) return 'it is no longer needed';
    if (task.isRunning()) {
      const asked = probe(`${task.url(containerPort)}${readinessPath}`, PROBE_TIMEOUT_SECONDS);
      // A task that ends meanwhile has no answer to give, though whoever took its port may keep the probe waiting.
      const found = await Promise.race([asked, task.stopped.then(() => ended)]);
      const healthy = !task.isChecked || task.health === 'HEALTHY';
      if (found.ready && healthy && task.isRunning()) return undefined;
      detail = `${readinessPath} ${found.detail}, container health ${task.health}`;
    }
    if (task.health === 'UNHEALTHY') return stopFailed(task, `it failed its container health checks (${detail})`);
    if (clock.now() > deadline) return stopFailed(task, `it did not serve within ${gracePeriodSeconds} s (${detail})`);
    await clock.sleep(PROBE_EVERY_SECONDS);
  }
  return (await task.stopped).reason;
}

async function stopFailed(task: LocalTask, reason: string): Promise<string> {
  const logged = task.lastLogLine();
  const stop = await task.stop(reason, 'ServiceSchedulerInitiated');
  return logged === undefined ? stop.reason : `${stop.reason}; its log ends with: ${logged}`;
}
