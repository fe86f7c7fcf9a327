import type { Logs } from './logs';
import { withoutSecrets } from './logs';
import { OutOfPatience, patiently, type Attempt, type Clock } from './patience';
import type { RunTask } from './step';
import { CouldNotPlace, type Tasks, type TaskState } from './tasks';

/** What a finished one-off task answers. */
export interface TaskRun {
  readonly task: string;
  readonly exitCode: 0;
  /** True when an earlier invocation had started it: Terraform, or a lost connection, asked twice. */
  readonly adopted: boolean;
}

const LOG_LINES = 15;

/** IAM: the permission to run a new revision arrives within seconds, rarely a minute. */
const IAM_SPREADS_MS = 2 * 60_000;
/** Fargate finds a place within minutes, if the account's quota allows one at all. */
const PLACE_FOUND_MS = 5 * 60_000;

/**
 * Runs one task to its end, once for each revision of its task definition: one that is still running, or has recently
 * succeeded, is not started again.
 * @throws {Error} with the container's exit code, ECS's reason and the last lines of its log
 */
export async function runTask(
  step: RunTask,
  services: { readonly tasks: Tasks; readonly logs: Logs; readonly clock: Clock; readonly deadline: number },
): Promise<TaskRun> {
  const { tasks, logs, clock, deadline } = services;
  const earlier = await retried(clock, deadline, async () =>
    (await tasks.ofFamily(step.cluster, familyOf(step.taskDefinition)))
      .filter((task) => task.taskDefinition === step.taskDefinition)
      .find((task) => task.status !== 'STOPPED' || succeeded(task, step.container)),
  );
  const task = earlier ?? (await retried(clock, deadline, () => tasks.start(step)));
  const stopped = await untilStopped(step, task, tasks, clock, deadline);
  if (!succeeded(stopped, step.container)) throw new Error(await whyFailed(step, stopped, logs));
  return { task: stopped.arn, exitCode: 0, adopted: earlier !== undefined };
}

async function untilStopped(step: RunTask, task: TaskState, tasks: Tasks, clock: Clock, deadline: number) {
  try {
    return await patiently(clock, deadline, async (): Promise<Attempt<TaskState>> => {
      const state = await tasks.describe(step.cluster, task.arn);
      return state.status === 'STOPPED' ? { done: true, value: state } : { done: false, reason: `is ${state.status}` };
    });
  } catch (error) {
    if (!(error instanceof OutOfPatience)) throw error;
    // It may be in the middle of a migration: it goes on, and the next apply finds it.
    throw new Error(
      `task ${idOf(task)} ${error.lastReason} after ${error.seconds} s. It was left running: apply again to wait for it.`,
    );
  }
}

/** Repeats while AWS still has to learn of a permission, or to find a place. */
async function retried<T>(clock: Clock, deadline: number, call: () => Promise<T>): Promise<T> {
  const start = clock.now();
  return patiently(clock, deadline, async (): Promise<Attempt<T>> => {
    try {
      return { done: true, value: await call() };
    } catch (error) {
      if (!(error instanceof Error) || clock.now() - start >= patienceWith(error)) throw error;
      return { done: false, reason: `${error.name}: ${error.message}` };
    }
  });
}

function patienceWith(error: Error): number {
  if (error.name === 'AccessDeniedException') return IAM_SPREADS_MS;
  return error instanceof CouldNotPlace ? PLACE_FOUND_MS : 0;
}

function succeeded(task: TaskState, container: string): boolean {
  return task.status === 'STOPPED' && task.exitCodes.get(container) === 0;
}

async function whyFailed(step: RunTask, task: TaskState, logs: Logs): Promise<string> {
  const exitCode = task.exitCodes.get(step.container);
  const outcome = exitCode === undefined ? 'never ran' : `ended with exit code ${exitCode}`;
  const reasons = [task.reasons.get(step.container), task.stoppedReason].filter(Boolean).join('; ');
  const header = `container ${step.container} of task ${idOf(task)} ${outcome}${reasons === '' ? '' : ` (${reasons})`}`;
  const stream = `${step.logStreamPrefix}/${step.container}/${idOf(task)}`;
  try {
    const lines = await logs.lastLines(step.logGroup, stream, LOG_LINES);
    if (lines.length > 0) return [`${header}. Its last words:`, ...lines.map(withoutSecrets)].join('\n');
  } catch (error) {
    return `${header}. Its log cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
  return `${header}. It logged nothing to ${step.logGroup}.`;
}

function familyOf(taskDefinition: string): string {
  return taskDefinition.replace(/^.*:task-definition\//, '').replace(/:\d+$/, '');
}

function idOf({ arn }: TaskState): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
