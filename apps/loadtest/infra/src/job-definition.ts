import { BatchJobDefinition } from '@cdktf/provider-aws/lib/batch-job-definition';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import {
  executionRole,
  labStackOf,
  literal,
  physicalName,
  protections,
  Role,
  SecurityGroup,
  taskSize,
  trustOfTasks,
  underOwnKey,
  type Network,
  type PublishedFiles,
} from '@loadlab/fargate';
import type { ContainerDefinition } from '@loadlab/foundation';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';

/** Settings of the job definition. */
export interface JobDefinitionProps {
  readonly network: Network;
  readonly container: ContainerDefinition;
  /** vCPU. */
  readonly cpu: number;
  readonly memoryGb: number;
  /** Files by the name of the volume that they appear as. */
  readonly files: Readonly<Record<string, PublishedFiles>>;
  /** What `Ref::name` in the container's command means when a submission does not say. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Longer than any sensible run: what hangs is ended, and no longer paid for. */
const TWO_HOURS = 7200;

/** One load generator as a job of AWS Batch: an array size at submission makes a fleet of it. */
export class JobDefinition extends Construct {
  readonly arn: string;
  /** What the generator's code may do. */
  readonly jobRole: Role;
  readonly securityGroup: SecurityGroup;
  readonly logGroupName: string;
  readonly #logGroup: CloudwatchLogGroup;
  readonly #startRole: Role;

  constructor(scope: Construct, id: string, props: JobDefinitionProps) {
    super(scope, id);
    const { container, files, network } = props;
    this.logGroupName = `/batch/${physicalName(this, container.name)}`;
    this.#logGroup = new CloudwatchLogGroup(this, 'logs', {
      name: this.logGroupName,
      retentionInDays: protections(this).logRetentionDays,
      ...underOwnKey(this),
    });
    this.jobRole = new Role(this, 'job-role', {
      name: container.name,
      description: 'What the code of a load generator may do',
      trust: trustOfTasks(this),
    });
    this.#startRole = executionRole(this, {
      name: container.name,
      containers: [container],
      logGroupArn: this.#logGroup.arn,
    });
    this.securityGroup = new SecurityGroup(this, 'security-group', {
      network,
      name: container.name,
      description: 'Load generators',
    });
    this.securityGroup.allowToCidr('internet-443', '0.0.0.0/0', {
      port: 443,
      why: 'Images and AWS interfaces have no fixed addresses',
    });
    for (const [volume, published] of Object.entries(files)) {
      published.allowReading(`mount-${volume}`, { role: this.jobRole, securityGroup: this.securityGroup });
    }
    const definition = new BatchJobDefinition(this, 'Resource', {
      name: physicalName(this, container.name),
      type: 'container',
      platformCapabilities: ['FARGATE'],
      propagateTags: true,
      // A generator that has sent load must not send it once more.
      retryStrategy: { attempts: 1 },
      timeout: { attemptDurationSeconds: TWO_HOURS },
      parameters: { ...props.parameters },
      containerProperties: JSON.stringify({
        ...forBatch(container),
        ...size(props),
        executionRoleArn: this.#startRole.arn,
        jobRoleArn: this.jobRole.arn,
        fargatePlatformConfiguration: { platformVersion: 'LATEST' },
        networkConfiguration: { assignPublicIp: 'DISABLED' },
        runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: 'X86_64' },
        logConfiguration: {
          logDriver: 'awslogs',
          options: { 'awslogs-group': this.logGroupName, 'awslogs-region': labStackOf(this).environment.region },
        },
        volumes: Object.entries(files).map(([name, { volume }]) => ({ name, efsVolumeConfiguration: volume })),
      }),
      dependsOn: Object.values(files).map(({ publication }) => publication),
    });
    this.arn = definition.arn;
  }

  /** What must be there as long as a job can run. */
  get needs(): readonly ITerraformDependable[] {
    return [this.#logGroup, ...this.jobRole.grants, ...this.#startRole.grants, ...this.securityGroup.rules];
  }
}

/** The part of a container definition that Batch knows; it names and starts the container itself. */
function forBatch(container: ContainerDefinition): Record<string, unknown> {
  const { image, command, environment, secrets, mountPoints, readonlyRootFilesystem, user } = container;
  const { initProcessEnabled = false } = container.linuxParameters ?? {};
  const known = { image, command, environment, secrets, mountPoints, readonlyRootFilesystem, user };
  return {
    ...Object.fromEntries(Object.entries(known).map(([key, value]) => [key, literal(value)])),
    linuxParameters: { initProcessEnabled },
  };
}

/** @throws {Error} for a size that Fargate does not offer */
function size({ cpu, memoryGb }: JobDefinitionProps) {
  const { memory } = taskSize(cpu, memoryGb);
  return {
    resourceRequirements: [
      { type: 'VCPU', value: String(cpu) },
      { type: 'MEMORY', value: memory },
    ],
  };
}
