import type { Clock } from '../clock';
import type { EventListener } from '../events';
import type { LocalTask } from '../task/local-task';
import type { Deployable } from './deployment';
import type { LoadBalancer } from './load-balancer';

/** How a service runs its tasks. Defaults are ECS's own unless said otherwise. */
export interface ServiceOptions {
  readonly name: string;
  readonly desiredCount: number;
  /** The container port that takes requests. */
  readonly containerPort: number;
  /** A task serves when this path answers 200 to 299 and its container health checks have passed. */
  readonly readinessPath: string;
  /** @default - 100 */
  readonly minimumHealthyPercent?: number;
  /** @default - 200 */
  readonly maximumPercent?: number;
  /** Failed tasks in a row after which a deployment has failed. @default - 1 for the first, then ECS's: half the desired count, at least 3 */
  readonly failureThreshold?: number;
  /** A task that does not serve after so long has failed. @default - 180 */
  readonly gracePeriodSeconds?: number;
  /** How long requests under way may keep an old task alive. @default - 30 (ECS: 300) */
  readonly deregistrationDelaySeconds?: number;
}

/** A task that ended, or turned UNHEALTHY, while it served: whoever measured the service meanwhile measured something else. */
export interface LostTask {
  readonly task: string;
  readonly reason: string;
}

/** What a service needs of the lab. */
export interface ServiceHost {
  readonly clock: Clock;
  readonly onEvent: EventListener;
  /** In front of the tasks; without it there can be only one task, and only one deployment. */
  readonly balancer: LoadBalancer | undefined;
  /** @throws {InputError} when the task cannot be run here at all */
  startTask(deployable: Deployable, wantedPorts: ReadonlyMap<number, number> | undefined): Promise<LocalTask>;
}
