import type { ECSClient, Failure, ListTasksCommandInput, Task } from '@aws-sdk/client-ecs';
import { DescribeTasksCommand, ListTasksCommand, RunTaskCommand } from '@aws-sdk/client-ecs';
import type { RunTask } from './step';

/** A task of ECS, as far as a deployment cares. */
export interface TaskState {
  readonly arn: string;
  /** ARN with its revision. */
  readonly taskDefinition: string;
  /** PROVISIONING … RUNNING … STOPPED */
  readonly status: string;
  /** Why it stopped, in ECS's words; empty while it runs. */
  readonly stoppedReason: string;
  /** Exit codes by container; absent for one that never ran. */
  readonly exitCodes: ReadonlyMap<string, number>;
  /** Why a container could not run (`CannotPullContainerError: …`), by container. */
  readonly reasons: ReadonlyMap<string, string>;
  /** Its address in the VPC; empty before it has one. */
  readonly privateIp: string;
}

/** The calls to ECS that a deployment makes. */
export interface Tasks {
  /** All tasks of a family, running and recently stopped ones. */
  ofFamily(cluster: string, family: string): Promise<readonly TaskState[]>;
  /** The tasks of a service that run. */
  ofService(cluster: string, service: string): Promise<readonly TaskState[]>;
  describe(cluster: string, arn: string): Promise<TaskState>;
  /** Starts one. A task that could not be placed throws {@link CouldNotPlace}. */
  start(task: RunTask): Promise<TaskState>;
}

/** ECS had no place for the task; that passes, unless the account's quota says otherwise. */
export class CouldNotPlace extends Error {
  constructor(failures: readonly Failure[]) {
    super(
      failures.map(({ reason, detail }) => [reason, detail].filter(Boolean).join(': ')).join('; ') || 'no reason given',
    );
    this.name = 'CouldNotPlace';
  }
}

/** ECS's limit for one answer, and for one question. */
const AT_A_TIME = 100;

/** ECS itself, through its SDK. */
export function ecsTasks(client: ECSClient): Tasks {
  const describe = async (cluster: string, arns: readonly string[]): Promise<TaskState[]> => {
    const states: TaskState[] = [];
    for (let from = 0; from < arns.length; from += AT_A_TIME) {
      const some = arns.slice(from, from + AT_A_TIME);
      const { tasks = [] } = await client.send(new DescribeTasksCommand({ cluster, tasks: some }));
      states.push(...tasks.map(stateOf));
    }
    return states;
  };
  const list = async (filter: ListTasksCommandInput): Promise<string[]> => {
    const arns: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await client.send(new ListTasksCommand({ ...filter, nextToken }));
      arns.push(...(page.taskArns ?? []));
      ({ nextToken } = page);
    } while (nextToken !== undefined);
    return arns;
  };
  return {
    async ofFamily(cluster, family) {
      const running = await list({ cluster, family, desiredStatus: 'RUNNING' });
      const stopped = await list({ cluster, family, desiredStatus: 'STOPPED' });
      return describe(cluster, [...running, ...stopped]);
    },
    async ofService(cluster, service) {
      return describe(cluster, await list({ cluster, serviceName: service, desiredStatus: 'RUNNING' }));
    },
    async describe(cluster, arn) {
      const [task] = await describe(cluster, [arn]);
      if (task === undefined) throw new Error(`ECS knows no task ${arn}`);
      return task;
    },
    async start(task) {
      const { tasks = [], failures = [] } = await client.send(
        new RunTaskCommand({
          cluster: task.cluster,
          taskDefinition: task.taskDefinition,
          count: 1,
          launchType: 'FARGATE',
          networkConfiguration: {
            awsvpcConfiguration: {
              subnets: task.subnetIds,
              securityGroups: task.securityGroupIds,
              assignPublicIp: 'DISABLED',
            },
          },
          propagateTags: 'TASK_DEFINITION',
          enableECSManagedTags: true,
        }),
      );
      const [started] = tasks;
      if (started === undefined) throw new CouldNotPlace(failures);
      return stateOf(started);
    },
  };
}

function stateOf(task: Task): TaskState {
  const containers = task.containers ?? [];
  const attachment = task.attachments?.find(({ type }) => type === 'ElasticNetworkInterface');
  return {
    arn: task.taskArn ?? '',
    taskDefinition: task.taskDefinitionArn ?? '',
    status: task.lastStatus ?? 'UNKNOWN',
    stoppedReason: task.stoppedReason ?? '',
    exitCodes: new Map(
      containers.flatMap(({ name = '', exitCode }) => (exitCode === undefined ? [] : [[name, exitCode]])),
    ),
    reasons: new Map(containers.flatMap(({ name = '', reason }) => (reason === undefined ? [] : [[name, reason]]))),
    privateIp: attachment?.details?.find(({ name }) => name === 'privateIPv4Address')?.value ?? '',
  };
}
