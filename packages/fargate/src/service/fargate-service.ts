import { EcsService } from '@cdktf/provider-aws/lib/ecs-service';
import { LabStack, tellReviewers } from '@loadlab/foundation/stack';
import { dependable, Lazy, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { LoadBalancer } from '../load-balancer/load-balancer';
import { privateSubnets } from '../network/placement';
import { physicalName } from '../stack-facts';
import { Autoscaling, type AutoscalingProps } from './autoscaling';
import { Cluster } from './cluster';
import { DiscoveryName } from './discovery-name';
import { FargateTask, type FargateTaskProps } from './fargate-task';

/** Settings of a service. */
export interface FargateServiceProps extends FargateTaskProps {
  /** How many tasks; under autoscaling, how many at first. */
  readonly desiredTasks: number;
  /** @default - a cluster of its own */
  readonly cluster?: Cluster;
  /** What spreads requests over the tasks. @default - none */
  readonly loadBalancer?: LoadBalancer;
  /** Seconds in which the load balancer's opinion of a new task does not count. @default - 300 with a load balancer */
  readonly healthCheckGraceSeconds?: number;
  /** First label of its name inside the VPC. @default - it has no name */
  readonly discoveryName?: string;
  /** @default - the number of tasks is fixed */
  readonly autoscaling?: AutoscalingProps;
  /** Whether ECS may move tasks between zones while they serve. @default - true */
  readonly availabilityZoneRebalancing?: boolean;
  /** What must exist first: versions of the secrets that it reads, a migration. @default - only what it uses itself */
  readonly after?: readonly ITerraformDependable[];
}

/** All new tasks start before the old ones stop. */
const MAXIMUM_PERCENT = 200;
/** A rolling deployment with a slow image and a slow start takes this long at most, or it has failed. */
const STEADY_WITHIN = '30m';

/**
 * Tasks on Fargate that ECS keeps running. A deployment replaces them one by one, never below full strength; when new
 * ones do not get healthy it goes back to the old ones, and the apply fails.
 */
export class FargateService extends Construct {
  readonly task: FargateTask;
  readonly cluster: Cluster;
  readonly serviceName: string;
  readonly securityGroupId: string;
  /** The one that its main container listens on. */
  readonly port: number;
  /** Its name inside the VPC; empty without `discoveryName`. */
  readonly host: string;
  /** The deployment: whoever depends on it comes after all tasks are steady. */
  readonly deployed: ITerraformDependable;

  constructor(scope: Construct, id: string, props: FargateServiceProps) {
    super(scope, id);
    const { desiredTasks, loadBalancer, autoscaling } = props;
    this.cluster = props.cluster ?? new Cluster(this, 'cluster');
    this.task = new FargateTask(this, 'task', props);
    this.securityGroupId = this.task.securityGroup.securityGroupId;
    this.port = portOf(this.task);
    loadBalancer?.allowTo(this.task.securityGroup, this.port);
    const discovery =
      props.discoveryName === undefined
        ? undefined
        : new DiscoveryName(this, 'discovery', { network: props.network, name: props.discoveryName });
    this.host = discovery?.host ?? '';

    const service = new EcsService(this, 'Resource', {
      name: physicalName(this, props.name),
      cluster: this.cluster.arn,
      taskDefinition: this.task.definitionArn,
      desiredCount: desiredTasks,
      launchType: 'FARGATE',
      platformVersion: 'LATEST',
      networkConfiguration: {
        subnets: privateSubnets(this, props.network),
        securityGroups: [this.securityGroupId],
        assignPublicIp: false,
      },
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: MAXIMUM_PERCENT,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      waitForSteadyState: true,
      // Ctrl-C during a rollout goes back as well, instead of leaving it half-way.
      sigintRollback: true,
      availabilityZoneRebalancing: (props.availabilityZoneRebalancing ?? true) ? 'ENABLED' : 'DISABLED',
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
      // A shell in a running task would be a way around everything else here.
      enableExecuteCommand: false,
      ...(loadBalancer === undefined
        ? {}
        : {
            healthCheckGracePeriodSeconds: props.healthCheckGraceSeconds ?? 300,
            loadBalancer: loadBalancer.all.map(({ targetGroup }) => ({
              targetGroupArn: targetGroup.arn,
              containerName: this.task.mainContainer.name,
              containerPort: this.port,
            })),
          }),
      ...(discovery === undefined ? {} : { serviceRegistries: { registryArn: discovery.registryArn } }),
      timeouts: { create: STEADY_WITHIN, update: STEADY_WITHIN, delete: '20m' },
      lifecycle: {
        // Only where somebody else owns the number: otherwise a changed number would be planned and never made.
        ...(autoscaling === undefined ? {} : { ignoreChanges: ['desired_count'] }),
        postcondition: [
          {
            // The provider waits for a steady state and is content with the old tasks' after a rollback
            // (hashicorp/terraform-provider-aws#19519): this is what tells the two apart.
            condition: `\${self.task_definition == ${this.task.definitionAddress}.arn}`,
            errorMessage:
              `${props.name} was rolled back to the task definition before: its new tasks did not get healthy. ` +
              `Why is in their last log lines, in ${this.task.logGroupName}, and in the service's events.`,
          },
        ],
      },
    });
    // Late, because permissions and rules may be added after the service. Without them it cannot start, nor drain.
    const needs = () => [...this.task.needs, ...(loadBalancer?.listeners ?? []), ...(props.after ?? [])];
    service.dependsOn = Lazy.listValue({ produce: () => needs().map(dependable) });
    this.serviceName = service.name;
    this.deployed = service;

    const mostTasks = Math.max(desiredTasks, autoscaling?.maxTasks ?? 0);
    tellReviewers(LabStack.of(this), {
      subject: `Fargate vCPU of ${props.name}`,
      amount: mostTasks * props.cpu,
      peak: mostTasks * props.cpu * (MAXIMUM_PERCENT / 100),
      how: `${mostTasks} ${mostTasks === 1 ? 'task' : 'tasks'} x ${props.cpu} vCPU`,
    });

    if (autoscaling !== undefined) {
      new Autoscaling(this, 'autoscaling', {
        ...autoscaling,
        clusterName: this.cluster.name,
        serviceName: this.serviceName,
        ...(loadBalancer === undefined ? {} : { loadBalancer }),
      });
    }
  }
}

function portOf({ mainContainer }: FargateTask): number {
  const [mapping, ...others] = mainContainer.portMappings;
  if (mapping === undefined || others.length > 0) {
    throw new Error(
      `container ${mainContainer.name} must have exactly one port, not ${mainContainer.portMappings.length}`,
    );
  }
  return mapping.containerPort;
}
