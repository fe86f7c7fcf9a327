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
import { deploymentOf } from '../resources/ecs/deploy-service';
import { readSecret } from '../resources/secretsmanager/read-secret';

/** What containers are run with. */
export interface LocalContainersOptions {
  readonly fargate: LocalFargate;
  /** Where secrets are known. */
  readonly account: Account;
  /** Where their values are. */
  readonly secrets: SecretValues;
  /**
   * Keeps a load balancer in front of every service, so that later revisions roll out behind it. Without one, a service of a single task
   * is reached directly, as a benchmark wants it, and its first revision is its last. @default true
   */
  readonly rolling?: boolean;
}

interface Deployed {
  readonly cluster: string;
  readonly service: LocalService;
  /** Under which others know it inside the VPC. */
  readonly names: readonly string[];
  taskDefinitionArn: string;
}

/** Longer than any start that succeeds; a service's own grace period wins when it is longer. */
const GRACE_SECONDS = 180;

/**
 * The account's services and tasks as processes of this machine: what is deployed is what runs. An apply waits for them,
 * and fails with the reason from their own logs.
 */
export class LocalContainers implements ContainerRuntime {
  private readonly deployed = new Map<string, Deployed>();
  private readonly oneOffs = new OneOffTasks();

  constructor(private readonly options: LocalContainersOptions) {}

  /** All that run. */
  get services(): readonly LocalService[] {
    return [...this.deployed.values()].map(({ service }) => service);
  }

  /** The service that answers under this origin inside the VPC; undefined when it does not run. */
  serviceAt(origin: string): LocalService | undefined {
    const { host } = new URL(origin);
    return [...this.deployed.values()].find(({ names }) => names.includes(host))?.service;
  }

  /**
   * Brings every service to where the account is, which somebody else may have deployed to, now or at an earlier time: those that others
   * know by a name first, since others look for them.
   * @throws {InputError} with the reason of one that does not start
   */
  async catchUp(): Promise<void> {
    const { account } = this.options;
    const deployments = account
      .read()
      .ofType('aws_ecs_service')
      .map((service) => deploymentOf(account.read(), service, account.folders))
      .sort((one, other) => Number(other.discoveryName !== undefined) - Number(one.discoveryName !== undefined));
    for (const deployment of deployments) {
      const running = this.deployed.get(`${deployment.cluster}/${deployment.name}`);
      if (running?.taskDefinitionArn === deployment.taskDefinition.arn) continue;
      const outcome = await this.deployService(deployment);
      if (outcome.status === 'FAILED')
        throw new InputError([{ file: account.file, path: deployment.name, message: outcome.reason }]);
    }
  }

  async deployService(deployment: ServiceDeployment): Promise<ServiceOutcome> {
    const key = `${deployment.cluster}/${deployment.name}`;
    const running = this.deployed.get(key);
    try {
      const deployable = this.deployable(deployment.taskDefinition);
      if (running === undefined) {
        const entry = entryPort(deployment, deployable.taskDefinition);
        const names = knownAs(deployment, entry);
        const service = await this.start(deployment, deployable, entry, names);
        this.deployed.set(key, {
          cluster: deployment.cluster,
          service,
          names,
          taskDefinitionArn: deployment.taskDefinition.arn,
        });
        return { status: 'STABLE' };
      }
      const outcome = outcomeOf(await running.service.deploy(deployable));
      if (outcome.status === 'STABLE') running.taskDefinitionArn = deployment.taskDefinition.arn;
      return outcome;
    } catch (error) {
      if (isAbort(error)) return { status: 'FAILED', reason: 'the lab was stopped meanwhile', rolledBack: false };
      if (!(error instanceof InputError)) throw error;
      return { status: 'FAILED', reason: error.message, rolledBack: running !== undefined };
    }
  }

  async removeService({ cluster, name }: Pick<ServiceDeployment, 'cluster' | 'name'>): Promise<void> {
    const key = `${cluster}/${name}`;
    const running = this.deployed.get(key);
    this.deployed.delete(key);
    await running?.service.stop();
  }

  async runTask({ cluster, taskDefinition }: OneOffTask): Promise<RuntimeTask> {
    const task = await this.options.fargate.startTask(this.deployable(taskDefinition));
    return this.oneOffs.add(cluster, taskDefinition.arn, task);
  }

  tasks(cluster: string): Promise<readonly RuntimeTask[]> {
    const serving = [...this.deployed.values()]
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

  private start(
    deployment: ServiceDeployment,
    deployable: Deployable,
    entry: number,
    names: readonly string[],
  ): Promise<LocalService> {
    const { target } = deployment;
    return this.options.fargate.startService({
      ...deployable,
      name: deployment.name,
      desiredCount: deployment.desiredCount,
      containerPort: entry,
      readinessPath: readinessPath(deployable.taskDefinition, entry) ?? target?.healthCheckPath ?? '/',
      minimumHealthyPercent: deployment.minimumHealthyPercent,
      maximumPercent: deployment.maximumPercent,
      gracePeriodSeconds: Math.max(GRACE_SECONDS, deployment.healthCheckGracePeriodSeconds),
      ...((this.options.rolling ?? true) ? { balancer: true } : {}),
      knownAs: names,
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

/** What a signal throws when it aborts. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
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

function entryPort({ target, taskDefinition: { family } }: ServiceDeployment, definition: TaskDefinition): number {
  return target?.containerPort ?? firstPort(definition, family);
}

function knownAs({ target, discoveryName }: ServiceDeployment, entry: number): string[] {
  return [
    ...(target === undefined ? [] : namesOf(target.dnsName, target.listenerPort)),
    ...(discoveryName === undefined ? [] : [`${discoveryName}:${entry}`]),
  ];
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
