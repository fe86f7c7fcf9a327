import type { ResourceType } from '../resource-type';
import { AwsError } from '../aws-error';
import type { Attributes } from '../../protocol/attributes';
import { jsonRule, textRule } from '../naming';
import { toRole } from '../reference-to';
import { checkContainers, readContainers } from './container-definitions';
import { checkFargateSize, unitsOf } from './fargate-sizes';

/** Of the whole registration. @source https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const MAX_BYTES = 64 * 1024;

const noRole = (arn: string): AwsError => new AwsError('ClientException', `Role is not valid: ${arn}`);

/** A revision of a task definition. Nothing in it ever changes: a change is another revision. */
export const taskDefinition: ResourceType = {
  type: 'aws_ecs_task_definition',
  label: 'ECS Task Definition',
  api: { service: 'ECS', create: 'RegisterTaskDefinition', update: 'TagResource', delete: 'DeregisterTaskDefinition' },
  source: 'internal/service/ecs/task_definition.go',
  forceNew: [
    'container_definitions',
    'cpu',
    'enable_fault_injection',
    'ephemeral_storage',
    'execution_role_arn',
    'family',
    'ipc_mode',
    'memory',
    'network_mode',
    'pid_mode',
    'placement_constraints',
    'proxy_configuration',
    'requires_compatibilities',
    'runtime_platform',
    'task_role_arn',
    'volume',
  ],
  defaults: { skip_destroy: false, track_latest: false, 'volume.efs_volume_configuration.root_directory': '/' },
  allowed: {
    network_mode: ['bridge', 'host', 'awsvpc', 'none'],
    requires_compatibilities: ['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES'],
    'runtime_platform.cpu_architecture': ['X86_64', 'ARM64'],
    'volume.efs_volume_configuration.transit_encryption': ['ENABLED', 'DISABLED'],
    'volume.efs_volume_configuration.authorization_config.iam': ['ENABLED', 'DISABLED'],
  },
  onlyInState: ['skip_destroy', 'track_latest'],
  json: ['container_definitions'],
  references: [toRole('execution_role_arn', noRole), toRole('task_role_arn', noRole)],
  keepOnDelete: (prior) => prior.flag('skip_destroy'),
  // The provider's id is the family, which all revisions share.
  idOf: (state) => state.text('arn'),
  notFound: () => new AwsError('ClientException', 'Unable to describe task definition.'),
  validate: (config) => [
    ...jsonRule(config, 'container_definitions'),
    ...textRule(
      config,
      'family',
      /^[\w-]{1,255}$/,
      'see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html: invalid family {}',
    ),
  ],
  create: ({ planned, scene }) => {
    checkRegistration(planned);
    const family = planned.text('family');
    const revision = scene.account.count(`ecs task definition ${scene.region} ${family}`);
    const withoutRevision = scene.arn('ecs', `task-definition/${family}`);
    return {
      id: family,
      arn: `${withoutRevision}:${revision}`,
      arn_without_revision: withoutRevision,
      enable_fault_injection: false,
      network_mode: planned.texts('requires_compatibilities').includes('FARGATE') ? 'awsvpc' : 'bridge',
      revision,
    };
  },
  importId: (given) => given,
};

function checkRegistration(planned: Attributes): void {
  const text = planned.text('container_definitions');
  if (Buffer.byteLength(text) > MAX_BYTES)
    throw client(`Actual length: '${Buffer.byteLength(text)}'. Max allowed length is '${MAX_BYTES}' bytes.`);
  const containers = readContainers(text);
  const volumes = planned.blocks('volume');
  checkContainers(
    containers,
    volumes.map((volume) => volume.text('name')),
  );
  for (const volume of volumes) checkVolume(volume);
  if (!planned.texts('requires_compatibilities').includes('FARGATE')) return;

  if (planned.text('cpu') === '' || planned.text('memory') === '')
    throw client("Fargate requires that 'cpu' be defined at the task level.");
  checkFargateSize(unitsOf(planned.text('cpu')), unitsOf(planned.text('memory')));
  if (planned.text('network_mode') !== 'awsvpc' && planned.text('network_mode') !== '')
    throw client('Fargate only supports network mode ‘awsvpc’.');
  if (planned.text('execution_role_arn') !== '') return;
  if (containers.some(({ logConfiguration }) => logConfiguration?.logDriver === 'awslogs'))
    throw client('Fargate requires task definition to have execution role ARN to support log driver awslogs.');
  if (containers.some(({ secrets }) => (secrets ?? []).length > 0))
    throw client('When you are specifying container secrets, you must also specify a value for executionRoleArn.');
}

function checkVolume(volume: Attributes): void {
  const efs = volume.block('efs_volume_configuration');
  if (efs === undefined || efs.text('transit_encryption') === 'ENABLED') return;
  const authorization = efs.block('authorization_config');
  if (authorization === undefined) return;
  if (authorization.text('access_point_id') !== '' || authorization.text('iam') === 'ENABLED')
    throw client('EFS IAM authorization and access points require transit encryption to be enabled.');
}

function client(message: string): AwsError {
  return new AwsError('ClientException', message);
}
