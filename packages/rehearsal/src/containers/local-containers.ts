import { InputError, type ContainerDefinition } from '@loadlab/foundation';
import { z } from 'zod';
import type { Account } from '../account/account';
import type { SecretValues } from '../account/secret-values';
import { taskDefinitionSchema, type TaskDefinition } from '../local-fargate/definition/task-definition';
import type { LocalFargate } from '../local-fargate/local-fargate';
import type { Deployable, DeploymentOutcome } from '../local-fargate/service/deployment';
import type { LocalService } from '../local-fargate/service/local-service';
import { tail } from './log-tail';
import { OneOffTasks } from './one-off-tasks';
import { serviceTask } from './runtime-task';
import type {
  ContainerRuntime,
  OneOffTask,
  RevisionedTaskDefinition,
  RuntimeTask,
  ServiceDeployment,
  ServiceOutcome,
} from '../resources/ecs/container-runtime';
import { readSecret } from '../resources/secretsmanager/read-secret';

/** What containers are run with. */
export interface LocalContainersOptions {
  readonly fargate: LocalFargate;
  /** Where secrets are known. */
  readonly account: Account;
  /** Where their values are. */
  readonly secrets: SecretValues;
}

interface Deployed {
  readonly cluster: string;
  readonly service: LocalService;
  taskDefinitionArn: string;
}

/** Longer than any start that succeeds; a service's own grace period wins when it is longer. */
const GRACE_SECONDS = 180;

/**
 * The account's services and tasks as processes of this machine: what is deployed is what runs. An apply waits for them,
 * and fails with the reason from their own logs.
 */
export class LocalContainers implements ContainerRuntime {
  private readonly services = new Map<string, Deployed>();
  private readonly oneOffs = new OneOffTasks();

  constructor(private readonly options: LocalContainersOptions) {}

  /** Where a service answers on this machine; undefined when it does not run. */
  urlOf(cluster: string, name: string): string | undefined {
    return this.services.get(`${cluster}/${name}`)?.service.url;
  }

  /** The service as local Fargate has it, for those that need more than its address. */
  serviceOf(cluster: string, name: string): LocalService | undefined {
    return this.services.get(`${cluster}/${name}`)?.service;
  }

  async deployService(deployment: ServiceDeployment): Promise<ServiceOutcome> {
    const key = `${deployment.cluster}/${deployment.name}`;
    const running = this.services.get(key);
    try {
      const deployable = this.deployable(deployment.taskDefinition);
      if (running === undefined) {
        const service = await this.start(deployment, deployable);
        this.services.set(key, {
          cluster: deployment.cluster,
          service,
          taskDefinitionArn: deployment.taskDefinition.arn,
        });
        return { status: 'STABLE' };
      }
      const outcome = outcomeOf(await running.service.deploy(deployable));
      if (outcome.status === 'STABLE') running.taskDefinitionArn = deployment.taskDefinition.arn;
      return outcome;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return { status: 'FAILED', reason: error.message, rolledBack: running !== undefined };
    }
  }

  async removeService({ cluster, name }: Pick<ServiceDeployment, 'cluster' | 'name'>): Promise<void> {
    const key = `${cluster}/${name}`;
    const running = this.services.get(key);
    this.services.delete(key);
    await running?.service.stop();
  }

  async runTask({ cluster, taskDefinition }: OneOffTask): Promise<RuntimeTask> {
    const task = await this.options.fargate.startTask(this.deployable(taskDefinition));
    return this.oneOffs.add(cluster, taskDefinition.arn, task);
  }

  tasks(cluster: string): Promise<readonly RuntimeTask[]> {
    const serving = [...this.services.values()]
      .filter((deployed) => deployed.cluster === cluster)
      .flatMap(({ service, taskDefinitionArn }) =>
        service.tasks.map((task) => serviceTask(cluster, service.name, taskDefinitionArn, task)),
      );
    return Promise.resolve([...serving, ...this.oneOffs.of(cluster)]);
  }

  logLines(_logGroup: string, logStream: string, count: number): Promise<readonly string[] | undefined> {
    const file = this.oneOffs.logFile(logStream);
    return Promise.resolve(file === undefined ? undefined : tail(file, count));
  }

  private async start(deployment: ServiceDeployment, deployable: Deployable): Promise<LocalService> {
    const { target, discoveryName, taskDefinition } = deployment;
    const entry = target?.containerPort ?? firstPort(deployable.taskDefinition, taskDefinition.family);
    return this.options.fargate.startService({
      ...deployable,
      name: deployment.name,
      desiredCount: deployment.desiredCount,
      containerPort: entry,
      readinessPath: readinessPath(deployable.taskDefinition, entry) ?? target?.healthCheckPath ?? '/',
      minimumHealthyPercent: deployment.minimumHealthyPercent,
      maximumPercent: deployment.maximumPercent,
      gracePeriodSeconds: Math.max(GRACE_SECONDS, deployment.healthCheckGracePeriodSeconds),
      // A later revision is rolled out behind it.
      balancer: true,
      knownAs: [
        ...(target === undefined ? [] : namesOf(target.dnsName, target.listenerPort)),
        ...(discoveryName === undefined ? [] : [`${discoveryName}:${entry}`]),
      ],
      ...(target === undefined ? {} : { deregistrationDelaySeconds: target.deregistrationDelaySeconds }),
    });
  }

  private deployable(definition: RevisionedTaskDefinition): Deployable {
    const folders = definition.volumes.flatMap(({ name, efsVolumeConfiguration }) =>
      efsVolumeConfiguration === undefined ? [] : [[name, { folder: efsVolumeConfiguration.folder }] as const],
    );
    return {
      taskDefinition: parseDefinition(definition),
      surroundings: {
        volumes: Object.fromEntries(folders),
        secret: (id) => readSecret(this.options.account, this.options.secrets, id),
      },
    };
  }
}

function parseDefinition(definition: RevisionedTaskDefinition): TaskDefinition {
  const parsed = taskDefinitionSchema.safeParse(definition);
  if (parsed.success) return parsed.data;
  throw new InputError([
    {
      file: definition.arn,
      path: '',
      message: `cannot be run as local processes: ${z.prettifyError(parsed.error)}`,
    },
  ]);
}

function outcomeOf(outcome: DeploymentOutcome): ServiceOutcome {
  switch (outcome.status) {
    case 'COMPLETED':
      return { status: 'STABLE' };
    case 'FAILED':
      return { status: 'FAILED', reason: outcome.reason, rolledBack: outcome.rolledBack };
    case 'STOPPED':
      return { status: 'FAILED', reason: 'the service was stopped', rolledBack: false };
  }
}

function firstPort({ containerDefinitions }: TaskDefinition, family: string): number {
  const port = containerDefinitions.flatMap(({ portMappings }) => portMappings)[0]?.containerPort;
  if (port !== undefined) return port;
  throw new InputError([
    {
      file: family,
      path: 'containerDefinitions',
      message: 'no container listens on a port, so nobody could reach the service',
    },
  ]);
}

/** What the container asks itself when it judges its health: the best judge there is of being ready. */
function readinessPath({ containerDefinitions }: TaskDefinition, port: number): string | undefined {
  const owner = containerDefinitions.find((container: ContainerDefinition) =>
    container.portMappings.some(({ containerPort }) => containerPort === port),
  );
  const command = owner?.healthCheck?.command.join(' ') ?? '';
  return /https?:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?(\/[\w./-]*)/.exec(command)?.[1];
}

/** A client may leave the port of HTTP out. */
function namesOf(host: string, port: number): string[] {
  return port === 80 ? [host] : [`${host}:${port}`];
}
