import type { LocalTask } from '../local-fargate/task/local-task';
import type { TaskStop } from '../local-fargate/task/task-stop';
import type { RuntimeTask } from '../resources/ecs/container-runtime';
import { runtimeTask } from './runtime-task';

interface Started {
  readonly shown: RuntimeTask;
  readonly task: LocalTask;
  stop: TaskStop | undefined;
}

/** Tasks that were run once: while they run, and what became of them. */
export class OneOffTasks {
  private readonly started: Started[] = [];

  /** @returns the task as it is at its start */
  add(cluster: string, taskDefinitionArn: string, task: LocalTask): RuntimeTask {
    const entry: Started = { shown: runtimeTask(cluster, taskDefinitionArn, task), task, stop: undefined };
    this.started.push(entry);
    void task.stopped.then((stop) => (entry.stop = stop));
    return entry.shown;
  }

  /** Those of a cluster as they are now. */
  of(cluster: string): RuntimeTask[] {
    return this.started.filter(({ shown }) => shown.cluster === cluster).map(now);
  }

  /** The log of `<prefix>/<container>/<task>`; undefined when there was no such task. */
  logFile(logStream: string): string | undefined {
    const [id, container] = logStream.split('/').reverse();
    const entry = this.started.find(({ task }) => task.id === id);
    return container === undefined ? undefined : entry?.task.logFile(container);
  }
}

function now({ shown, task, stop }: Started): RuntimeTask {
  if (stop === undefined) return { ...shown, lastStatus: task.isRunning() ? 'RUNNING' : 'PENDING' };
  const containers = stop.containers.map(({ name, exitCode }) => ({
    name,
    ...(exitCode === undefined ? {} : { exitCode }),
  }));
  return { ...shown, lastStatus: 'STOPPED', stoppedReason: stop.reason, containers };
}
