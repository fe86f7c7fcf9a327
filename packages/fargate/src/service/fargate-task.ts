import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { EcsTaskDefinition, type EcsTaskDefinitionVolume } from '@cdktf/provider-aws/lib/ecs-task-definition';
import type { ContainerDefinition } from '@loadlab/foundation';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { trustOfTasks } from '../iam/policy';
import { Role } from '../iam/role';
import type { Network } from '../network/placement';
import { SecurityGroup } from '../network/security-group';
import type { PublishedFiles } from '../published-files/published-files';
import { labStackOf, physicalName, protections, underOwnKey } from '../stack-facts';
import { containerDefinitionsJson } from './container-definitions';
import { executionRole } from './execution-role';
import { taskSize } from './task-size';

/** Settings of a task. */
export interface FargateTaskProps {
  readonly network: Network;
  /** Last part of its names: `litellm`. */
  readonly name: string;
  /** The first one is the task's main container. */
  readonly containers: readonly [ContainerDefinition, ...ContainerDefinition[]];
  /** vCPU. */
  readonly cpu: number;
  readonly memoryGb: number;
  /** @default - 'X86_64' */
  readonly cpuArchitecture?: 'X86_64' | 'ARM64';
  /** Published files by the name of the volume that they appear as; mounted read-only. @default - none */
  readonly files?: Readonly<Record<string, PublishedFiles>>;
  /** Names of volumes that start empty and end with the task. @default - none */
  readonly scratchVolumes?: readonly string[];
  /** TCP ports that it may reach anywhere on the internet. @default - 443: images, AWS's own interfaces, providers */
  readonly internetPorts?: readonly number[];
}

/**
 * What ECS needs to start a task: its definition, an execution role for ECS, a task role for its code (which may do
 * nothing until it is granted something), a log group, a security group.
 */
export class FargateTask extends Construct {
  /** ARN with its revision. */
  readonly definitionArn: string;
  /** Address of the definition in Terraform, for conditions. */
  readonly definitionAddress: string;
  readonly mainContainer: ContainerDefinition;
  readonly taskRole: Role;
  readonly executionRole: Role;
  readonly securityGroup: SecurityGroup;
  readonly logGroupName: string;
  readonly logGroupArn: string;

  constructor(scope: Construct, id: string, props: FargateTaskProps) {
    super(scope, id);
    const { name, containers } = props;
    this.mainContainer = containers[0];
    refuseUnknownVolumes(props);
    // A plain string, no reference: or the whole definition would be "known after apply" in the first plan.
    this.logGroupName = `/ecs/${physicalName(this, name)}`;
    const logGroup = new CloudwatchLogGroup(this, 'logs', {
      name: this.logGroupName,
      retentionInDays: protections(this).logRetentionDays,
      ...underOwnKey(this),
    });
    this.logGroupArn = logGroup.arn;
    this.taskRole = new Role(this, 'task-role', {
      name,
      description: `What the code in the tasks of ${name} may do`,
      trust: trustOfTasks(this),
    });
    this.executionRole = executionRole(this, { name, containers, logGroupArn: logGroup.arn });
    this.securityGroup = new SecurityGroup(this, 'security-group', {
      network: props.network,
      name,
      description: `Tasks of ${name}`,
    });
    for (const port of props.internetPorts ?? [443]) {
      this.securityGroup.allowToCidr(`internet-${port}`, '0.0.0.0/0', {
        port,
        why: 'Images, AWS interfaces and providers have no fixed addresses',
      });
    }

    this.#publications = this.#mount(props.files ?? {});
    const definition = new EcsTaskDefinition(this, 'Resource', {
      family: physicalName(this, name),
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      ...taskSize(props.cpu, props.memoryGb),
      runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: props.cpuArchitecture ?? 'X86_64' },
      executionRoleArn: this.executionRole.arn,
      taskRoleArn: this.taskRole.arn,
      volume: volumesOf(props),
      containerDefinitions: containerDefinitionsJson(containers, {
        group: this.logGroupName,
        region: labStackOf(this).environment.region,
      }),
      // A rollout that fails goes back to the revision before, so that one stays registered until the new one runs.
      // Whatever it depends on would be replaced in this order, too, and what has a fixed name cannot be made twice:
      // it depends on what it names and on nothing else. The files are in `needs`.
      lifecycle: { createBeforeDestroy: true },
    });
    this.definitionArn = definition.arn;
    this.definitionAddress = `${definition.terraformResourceType}.${definition.friendlyUniqueId}`;
    this.#logGroup = logGroup;
  }

  readonly #logGroup: CloudwatchLogGroup;
  readonly #publications: readonly ITerraformDependable[];

  /** What must be there before a task starts, and until the last one has stopped; its files, too. */
  get needs(): readonly ITerraformDependable[] {
    return [
      this.#logGroup,
      ...this.taskRole.grants,
      ...this.executionRole.grants,
      ...this.securityGroup.rules,
      ...this.#publications,
    ];
  }

  #mount(files: Readonly<Record<string, PublishedFiles>>): ITerraformDependable[] {
    return Object.entries(files).map(([volume, published]) => {
      published.allowReading(`mount-${volume}`, { role: this.taskRole, securityGroup: this.securityGroup });
      return published.publication;
    });
  }
}

function volumesOf({ files = {}, scratchVolumes = [] }: FargateTaskProps): EcsTaskDefinitionVolume[] {
  return [
    ...Object.entries(files).map(([name, published]) => ({ name, efsVolumeConfiguration: published.volume })),
    ...scratchVolumes.map((name) => ({ name })),
  ];
}

/** ECS would refuse it, too: minutes into an apply. */
function refuseUnknownVolumes({ containers, files = {}, scratchVolumes = [] }: FargateTaskProps): void {
  const known = [...Object.keys(files), ...scratchVolumes];
  for (const { name, mountPoints } of containers) {
    for (const { sourceVolume, readOnly } of mountPoints) {
      if (!known.includes(sourceVolume)) {
        throw new Error(`container ${name} mounts "${sourceVolume}"; the task has ${known.join(', ') || 'no volumes'}`);
      }
      if (sourceVolume in files && !readOnly) {
        throw new Error(`container ${name} mounts the published files "${sourceVolume}" for writing; readOnly: true`);
      }
    }
  }
}
