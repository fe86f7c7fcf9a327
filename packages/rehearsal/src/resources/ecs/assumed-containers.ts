import { randomBytes } from 'node:crypto';
import type { Account } from '../../account/account';
import { attributesOf } from '../../protocol/attributes';
import type { ContainerRuntime, OneOffTask, RuntimeTask } from './container-runtime';
import { readContainers } from './container-definitions';

/** Without local Fargate: services become stable at once, one-off tasks succeed at once, and nothing runs. */
export class AssumedContainers implements ContainerRuntime {
  private readonly finished: RuntimeTask[] = [];

  constructor(private readonly account: Account) {}

  deployService(): Promise<{ readonly status: 'STABLE' }> {
    return Promise.resolve({ status: 'STABLE' });
  }

  removeService(): Promise<void> {
    return Promise.resolve();
  }

  runTask({ cluster, taskDefinition }: OneOffTask): Promise<RuntimeTask> {
    const { arn, containerDefinitions } = taskDefinition;
    const containers = readContainers(JSON.stringify(containerDefinitions));
    const task: RuntimeTask = {
      arn: arn.replace(/:task-definition\/.*$/, `:task/${cluster}/${randomBytes(16).toString('hex')}`),
      cluster,
      taskDefinitionArn: arn,
      lastStatus: 'STOPPED',
      stoppedReason: 'Essential container in task exited',
      containers: containers.map(({ name }) => ({ name, exitCode: 0 })),
      privateIp: '10.0.0.10',
      addresses: {},
    };
    this.finished.push(task);
    return Promise.resolve(task);
  }

  tasks(cluster: string): Promise<readonly RuntimeTask[]> {
    const services = this.account
      .read()
      .ofType('aws_ecs_service')
      .map(attributesOf)
      .filter((service) => service.text('cluster').endsWith(`/${cluster}`));
    const running = services.flatMap((service, index) =>
      Array.from({ length: service.number('desired_count') ?? 0 }, (_, number): RuntimeTask => ({
        arn: service
          .text('arn')
          .replace(':service/', ':task/')
          .replace(/[^/]+$/, (name) => `${name}-${number}`),
        cluster,
        taskDefinitionArn: service.text('task_definition'),
        service: service.text('name'),
        lastStatus: 'RUNNING',
        containers: [],
        privateIp: `10.0.${index + 1}.${number + 10}`,
        addresses: {},
      })),
    );
    return Promise.resolve([...running, ...this.finished.filter((task) => task.cluster === cluster)]);
  }

  logLines(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
}
