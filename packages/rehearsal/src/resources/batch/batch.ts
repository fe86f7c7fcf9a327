import type { Known } from '../../protocol/value';
import { AwsError } from '../aws-error';
import { attributesOf } from '../../protocol/attributes';
import { jsonRule, nameFrom, rangeRule, textRule } from '../naming';
import type { ResourceType } from '../resource-type';
import { toSecurityGroups, toSubnets } from '../reference-to';
import { checkFargateSize } from '../ecs/fargate-sizes';

const NAME = /^[0-9A-Za-z][\w-]{0,127}$/;
const NAME_MESSAGE =
  'invalid value for name (must be up to 128 letters (uppercase and lowercase), numbers, underscores and dashes, and must start with an alphanumeric): {}';
const client = (message: string): AwsError => new AwsError('ClientException', message);

/** What Batch may run jobs on. A queue that uses it keeps it. */
export const computeEnvironment: ResourceType = {
  type: 'aws_batch_compute_environment',
  label: 'Batch Compute Environment',
  api: {
    service: 'Batch',
    create: 'CreateComputeEnvironment',
    update: 'UpdateComputeEnvironment',
    delete: 'DeleteComputeEnvironment',
  },
  source: 'internal/service/batch/compute_environment.go',
  forceNew: [
    'name',
    'name_prefix',
    'type',
    'eks_configuration',
    'compute_resources.placement_group',
    'compute_resources.spot_iam_fleet_role',
  ],
  defaults: { state: 'ENABLED' },
  allowed: {
    state: ['ENABLED', 'DISABLED'],
    type: ['MANAGED', 'UNMANAGED'],
    'compute_resources.type': ['EC2', 'SPOT', 'FARGATE', 'FARGATE_SPOT'],
  },
  computedBlocks: ['compute_resources', 'update_policy', 'compute_resources.ec2_configuration'],
  references: [toSubnets('compute_resources.subnets'), toSecurityGroups('compute_resources.security_group_ids')],
  unique: [{ of: (values) => [values.text('name')], taken: () => client('Object already exists') }],
  notFound: (name) => client(`${name} does not exist`),
  inUse: () => client('Cannot delete, found existing JobQueue relationship'),
  validate: (config) => textRule(config, 'name', NAME, NAME_MESSAGE),
  create: ({ planned, scene }) => {
    const resources = planned.block('compute_resources');
    const isFargate = resources?.text('type').startsWith('FARGATE') === true;
    if (isFargate)
      for (const forbidden of [
        'instance_type',
        'min_vcpus',
        'desired_vcpus',
        'instance_role',
        'allocation_strategy',
        'bid_percentage',
      ])
        if (resources.has(forbidden) && resources.number(forbidden) !== 0)
          throw client(`Error executing request, Exception : ${forbidden} is not applicable to Fargate.`);
    if (planned.text('type') === 'MANAGED' && resources === undefined)
      throw client(
        'Error executing request, Exception : computeResources must be provided for a MANAGED compute environment',
      );
    const { name, computed } = nameFrom(planned, scene);
    const noUpdatePolicy: Known[] = [];
    return {
      id: name,
      ...computed,
      arn: scene.arn('batch', `compute-environment/${name}`),
      compute_resources: [{ desired_vcpus: 0, ec2_configuration: [] }],
      ecs_cluster_arn: scene.arn('ecs', `cluster/AWSBatch-${name}-${scene.hex(8)}`),
      service_role: scene.globalArn('iam', 'role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch'),
      status: 'VALID',
      status_reason: 'ComputeEnvironment Healthy',
      update_policy: noUpdatePolicy,
    };
  },
};

/** Where jobs wait. */
export const jobQueue: ResourceType = {
  type: 'aws_batch_job_queue',
  label: 'Batch Job Queue',
  api: { service: 'Batch', create: 'CreateJobQueue', update: 'UpdateJobQueue', delete: 'DeleteJobQueue' },
  source: 'internal/service/batch/job_queue.go',
  framework: true,
  forceNew: ['name'],
  allowed: { state: ['ENABLED', 'DISABLED'] },
  references: [
    {
      attribute: 'compute_environment_order.compute_environment',
      to: 'aws_batch_compute_environment',
      blocks: true,
    },
  ],
  unique: [{ of: (values) => [values.text('name')], taken: () => client('Object already exists') }],
  validate: (config) => textRule(config, 'name', NAME, NAME_MESSAGE),
  create: ({ planned, scene }) => {
    const environments = planned.blocks('compute_environment_order').map((entry) => entry.text('compute_environment'));
    const kinds = environments.map((arn) => {
      const environment = scene.account.find('aws_batch_compute_environment', arn);
      const type = environment === undefined ? '' : attributesOf(environment).block('compute_resources')?.text('type');
      return type?.startsWith('FARGATE') === true ? 'Fargate' : 'EC2';
    });
    if (new Set(kinds).size > 1)
      throw client(
        'Error executing request, Exception : Compute environments of Fargate and EC2 cannot be mixed in a job queue',
      );
    const arn = scene.arn('batch', `job-queue/${planned.text('name')}`);
    return { id: arn, arn };
  },
  importId: (given, account) => account.find('aws_batch_job_queue', given)?.id ?? given,
};

/** What a job runs. A change registers another revision, in place: the name stays, the ARN does not. */
export const jobDefinition: ResourceType = {
  type: 'aws_batch_job_definition',
  label: 'Batch Job Definition',
  api: { service: 'Batch', create: 'RegisterJobDefinition', delete: 'DeregisterJobDefinition' },
  source: 'internal/service/batch/job_definition.go',
  forceNew: ['name'],
  defaults: { deregister_on_new_revision: true, propagate_tags: false },
  allowed: { type: ['container', 'multinode'], platform_capabilities: ['EC2', 'FARGATE'] },
  onlyInState: ['deregister_on_new_revision'],
  json: ['container_properties', 'ecs_properties', 'node_properties'],
  // The ARN changes with each revision; what stays is the name.
  idOf: (state) => state.text('name'),
  validate: (config) => [
    ...textRule(config, 'name', NAME, NAME_MESSAGE),
    ...jsonRule(config, 'container_properties'),
    ...rangeRule(config, 'scheduling_priority', 0, 9999),
    ...(config.block('timeout') === undefined
      ? []
      : rangeRule(config.block('timeout') ?? config, 'attempt_duration_seconds', 60, Number.MAX_SAFE_INTEGER)),
  ],
  plan: ({ changed }) => {
    const registers = [...changed].some((name) => !['tags', 'tags_all', 'deregister_on_new_revision'].includes(name));
    return registers ? { unknown: ['arn', 'id', 'revision'] } : {};
  },
  create: ({ planned, scene }) => {
    checkJob(planned.text('container_properties'), planned.texts('platform_capabilities'));
    return register(planned.text('name'), scene);
  },
  update: ({ planned, scene }) => {
    checkJob(planned.text('container_properties'), planned.texts('platform_capabilities'));
    return register(planned.text('name'), scene);
  },
  importId: (given) => /job-definition\/([^:]+)/.exec(given)?.[1] ?? given,
};

function register(
  name: string,
  scene: { arn(service: string, resource: string): string; region: string; account: { count(series: string): number } },
): { id: string; arn: string; arn_prefix: string; revision: number } {
  const revision = scene.account.count(`batch job definition ${scene.region} ${name}`);
  const prefix = scene.arn('batch', `job-definition/${name}`);
  return { id: `${prefix}:${revision}`, arn: `${prefix}:${revision}`, arn_prefix: prefix, revision };
}

interface ContainerProperties {
  readonly image?: string;
  readonly executionRoleArn?: string;
  readonly resourceRequirements?: readonly { readonly type: string; readonly value: string }[];
}

function checkJob(text: string, platforms: readonly string[]): void {
  if (text === '') return;
  const properties = JSON.parse(text) as ContainerProperties;
  if (properties.image === undefined)
    throw client('Error executing request, Exception : Container image should not be null or empty.');
  if (!platforms.includes('FARGATE')) return;
  const need = (type: string): number =>
    Number(properties.resourceRequirements?.find((requirement) => requirement.type === type)?.value);
  if (properties.executionRoleArn === undefined)
    throw client('Error executing request, Exception : EXECUTION_ROLE_ARN is required for Fargate jobs.');
  if (Number.isNaN(need('VCPU')) || Number.isNaN(need('MEMORY')))
    throw client('Error executing request, Exception : resourceRequirements must contain VCPU and MEMORY.');
  checkFargateSize(need('VCPU') * 1024, need('MEMORY'));
}
