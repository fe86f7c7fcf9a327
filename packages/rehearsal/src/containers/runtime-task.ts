import { createHash } from 'node:crypto';
import type { LocalTask } from '../local-fargate/task/local-task';
import type { RuntimeTask } from '../resources/ecs/container-runtime';

/** A task of a service, as ECS would show it. */
export function serviceTask(cluster: string, service: string, taskDefinitionArn: string, task: LocalTask): RuntimeTask {
  return { ...runtimeTask(cluster, taskDefinitionArn, task), service };
}

/** A task that runs or is about to. */
export function runtimeTask(cluster: string, taskDefinitionArn: string, task: LocalTask): RuntimeTask {
  return {
    arn: taskDefinitionArn.replace(/:task-definition\/.*$/, `:task/${cluster}/${task.id}`),
    cluster,
    taskDefinitionArn,
    lastStatus: task.isRunning() ? 'RUNNING' : 'PENDING',
    containers: [],
    privateIp: addressOf(task.id),
    addresses: Object.fromEntries([...task.ports].map(([inside, here]) => [String(inside), `127.0.0.1:${here}`])),
  };
}

/** An address inside the VPC, always the same for a task. Nobody listens there: functions are led to the real one. */
function addressOf(id: string): string {
  const digest = createHash('sha256').update(id).digest();
  return `10.255.${digest[0] ?? 0}.${digest[1] ?? 0}`;
}
