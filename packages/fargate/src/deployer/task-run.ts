import type { Statement } from '@loadlab/foundation/stack';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { privateSubnets, type Network } from '../network/placement';
import type { Cluster } from '../service/cluster';
import { logStreamPrefix } from '../service/container-definitions';
import type { FargateTask } from '../service/fargate-task';
import { arn } from '../stack-facts';
import { DeploymentStep } from './deployment-step';

/** Settings of a one-off task. */
export interface TaskRunProps {
  readonly network: Network;
  readonly cluster: Cluster;
  readonly task: FargateTask;
  /** What must be there first. @default - only what the task itself needs */
  readonly after?: readonly ITerraformDependable[];
}

/**
 * Runs a task to its end in the course of a deployment, once for each revision of its definition: a database migration.
 * When its main container does not exit with 0, the apply fails with the container's last words.
 */
export class TaskRun extends Construct {
  /** Whoever depends on it comes after the task has succeeded. */
  readonly done: ITerraformDependable;

  constructor(scope: Construct, id: string, props: TaskRunProps) {
    super(scope, id);
    const { task, cluster } = props;
    const step = new DeploymentStep(this, 'Resource', {
      purpose: `run-${task.mainContainer.name}`,
      permissions: permissions(this, props),
      step: {
        step: 'runTask',
        cluster: cluster.name,
        taskDefinition: task.definitionArn,
        container: task.mainContainer.name,
        subnetIds: privateSubnets(this, props.network),
        securityGroupIds: [task.securityGroup.securityGroupId],
        logGroup: task.logGroupName,
        logStreamPrefix,
      },
      after: [...task.needs, ...(props.after ?? [])],
    });
    this.done = step.done;
  }
}

function permissions(scope: Construct, { task, cluster }: TaskRunProps): readonly Statement[] {
  const ours = { ArnEquals: { 'ecs:cluster': cluster.arn } };
  // A task has no id before it runs.
  const tasks = arn(scope, 'ecs', `task/${cluster.name}/*`);
  return [
    { Effect: 'Allow', Action: 'ecs:RunTask', Resource: task.definitionArn, Condition: ours },
    {
      Effect: 'Allow',
      Action: 'ecs:TagResource',
      Resource: tasks,
      Condition: { StringEquals: { 'ecs:CreateAction': 'RunTask' } },
    },
    {
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: [task.taskRole.arn, task.executionRole.arn],
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    },
    ...watchTasks(scope, cluster),
    { Effect: 'Allow', Action: 'logs:GetLogEvents', Resource: `${task.logGroupArn}:log-stream:*` },
  ];
}

/** To see what becomes of tasks. Listing knows no resource but `*`; the condition narrows it to the cluster. */
export function watchTasks(scope: Construct, cluster: Cluster): readonly Statement[] {
  return [
    { Effect: 'Allow', Action: 'ecs:DescribeTasks', Resource: arn(scope, 'ecs', `task/${cluster.name}/*`) },
    {
      Effect: 'Allow',
      Action: 'ecs:ListTasks',
      Resource: '*',
      Condition: { ArnEquals: { 'ecs:cluster': cluster.arn } },
    },
  ];
}
