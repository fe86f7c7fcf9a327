import type { InputError } from '@loadlab/foundation';
import type { TaskDefinition } from '../definition/task-definition';
import type { TaskSurroundings } from '../task/prepare-task';

/** What is deployed: a task definition and what stands for AWS around it. */
export interface Deployable {
  readonly taskDefinition: TaskDefinition;
  readonly surroundings: Omit<TaskSurroundings, 'runtimes' | 'shell' | 'services'>;
}

/** Why a deployment failed. */
export interface DeploymentFailure {
  readonly status: 'FAILED';
  /** The reason of the last task that failed, from its container's own log where that says one. */
  readonly reason: string;
  /** True when the former definition serves again, or still. */
  readonly rolledBack: boolean;
  /** Folder of the last failed task's logs; absent when no task could be started at all. */
  readonly logs?: string;
  /** All problems, when the task cannot run on this machine at all. */
  readonly problems?: InputError;
}

/** How a deployment ended; STOPPED when the service was stopped meanwhile. */
export type DeploymentOutcome = { readonly status: 'COMPLETED' } | DeploymentFailure | { readonly status: 'STOPPED' };
