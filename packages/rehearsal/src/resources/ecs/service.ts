import { AwsError } from '../aws-error';
import { attributesOf, type Attributes } from '../../protocol/attributes';
import { rangeRule, textRule } from '../naming';
import type { ResourceType } from '../resource-type';
import { toSecurityGroups, toSubnets } from '../reference-to';
import type { Scene } from '../scene';
import { readContainers } from './container-definitions';
import { deployService } from './deploy-service';

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);

/** A service: keeps tasks of a definition running, behind a load balancer or under a name. */
export const ecsService: ResourceType = {
  type: 'aws_ecs_service',
  label: 'ECS Service',
  api: { service: 'ECS', create: 'CreateService', update: 'UpdateService', delete: 'DeleteService' },
  source: 'internal/service/ecs/service.go',
  forceNew: ['name', 'cluster', 'iam_role', 'launch_type', 'scheduling_strategy', 'deployment_controller.type'],
  defaults: {
    deployment_maximum_percent: 200,
    deployment_minimum_healthy_percent: 100,
    enable_ecs_managed_tags: false,
    enable_execute_command: false,
    scheduling_strategy: 'REPLICA',
    sigint_rollback: false,
    wait_for_steady_state: false,
    'deployment_controller.type': 'ECS',
    'network_configuration.assign_public_ip': false,
  },
  allowed: {
    launch_type: ['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES'],
    propagate_tags: ['TASK_DEFINITION', 'SERVICE', 'NONE'],
    scheduling_strategy: ['REPLICA', 'DAEMON'],
    availability_zone_rebalancing: ['ENABLED', 'DISABLED'],
    'deployment_controller.type': ['ECS', 'CODE_DEPLOY', 'EXTERNAL'],
  },
  computedBlocks: ['deployment_configuration', 'deployment_controller'],
  onlyInState: ['force_delete', 'force_new_deployment', 'sigint_rollback', 'triggers', 'wait_for_steady_state'],
  references: [
    { attribute: 'cluster', to: 'aws_ecs_cluster', blocks: true },
    {
      attribute: 'task_definition',
      to: 'aws_ecs_task_definition',
      missing: () => new AwsError('ClientException', 'TaskDefinition not found.'),
    },
    toSubnets('network_configuration.subnets'),
    toSecurityGroups('network_configuration.security_groups'),
    { attribute: 'load_balancer.target_group_arn', to: 'aws_lb_target_group' },
    { attribute: 'service_registries.registry_arn', to: 'aws_service_discovery_service', blocks: true },
  ],
  unique: [
    {
      of: (values) => [clusterName(values.text('cluster')), values.text('name')],
      taken: () => invalid('Creation of service was not idempotent.'),
    },
  ],
  notFound: () => new AwsError('ServiceNotFoundException', 'Service not found.'),
  validate: (config) => [
    ...rangeRule(config, 'health_check_grace_period_seconds', 0, 2147483647),
    ...textRule(config, 'name', /^[\w-]{1,255}$/, 'invalid value for name ({})'),
  ],
  create: ({ planned, scene }) => {
    checkService(planned, scene);
    const cluster = clusterName(planned.text('cluster')) || 'default';
    const arn = scene.arn('ecs', `service/${cluster}/${planned.text('name')}`);
    return {
      id: arn,
      arn,
      availability_zone_rebalancing: 'ENABLED',
      cluster: scene.arn('ecs', `cluster/${cluster}`),
      deployment_configuration: [{ strategy: 'ROLLING', bake_time_in_minutes: '0' }],
      deployment_controller: [{ type: 'ECS' }],
      iam_role: '/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS',
      launch_type: planned.blocks('capacity_provider_strategy').length === 0 ? 'FARGATE' : '',
      platform_version: 'LATEST',
    };
  },
  update: ({ planned, scene }) => {
    checkService(planned, scene);
    return {};
  },
  settle: deployService,
  cleanUp: async (resource, world) => {
    const attributes = attributesOf(resource);
    await world.containers.removeService({
      cluster: clusterName(attributes.text('cluster')),
      name: attributes.text('name'),
    });
  },
  importId: (given, account) =>
    account.ofType('aws_ecs_service').find(({ id }) => id.endsWith(`:service/${given}`))?.id ?? given,
};

/** A cluster's name from its name or ARN. */
export function clusterName(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);
}

function checkService(planned: Attributes, scene: Scene): void {
  const definition = scene.account.find('aws_ecs_task_definition', planned.text('task_definition'));
  if (definition === undefined) return;
  const registered = attributesOf(definition);
  const containers = readContainers(registered.text('container_definitions'));
  const isFargate = planned.text('launch_type') === 'FARGATE';
  if (isFargate && !registered.texts('requires_compatibilities').includes('FARGATE'))
    throw invalid('Task definition does not support launch_type FARGATE.');
  if (registered.text('network_mode') === 'awsvpc' && planned.block('network_configuration') === undefined)
    throw invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  if (planned.has('health_check_grace_period_seconds') && planned.blocks('load_balancer').length === 0)
    throw invalid('Health check grace period is only valid for services configured to use load balancers');

  for (const target of planned.blocks('load_balancer')) {
    const container = containers.find(({ name }) => name === target.text('container_name'));
    if (container === undefined)
      throw invalid(`The container ${target.text('container_name')} does not exist in the task definition.`);
    const port = target.number('container_port');
    if (!(container.portMappings ?? []).some(({ containerPort }) => containerPort === port))
      throw invalid(`The container ${container.name} did not have a container port ${port ?? ''} defined.`);
    checkTargetGroup(target.text('target_group_arn'), registered.text('network_mode'), scene);
  }
  for (const provider of planned.blocks('capacity_provider_strategy').map((one) => one.text('capacity_provider')))
    if (!clusterProviders(planned.text('cluster'), scene).includes(provider))
      throw invalid(
        'The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again.',
      );
}

function checkTargetGroup(arn: string, networkMode: string, scene: Scene): void {
  const group = scene.account.find('aws_lb_target_group', arn);
  if (group === undefined) return;
  const type = attributesOf(group).text('target_type');
  if (networkMode === 'awsvpc' && type !== 'ip')
    throw invalid(
      `The provided target group ${arn} has target type ${type}, which is incompatible with the awsvpc network mode specified in the task definition.`,
    );
  const listeners = [...scene.account.ofType('aws_lb_listener'), ...scene.account.ofType('aws_lb_listener_rule')];
  if (!listeners.some((listener) => JSON.stringify(listener.attributes).includes(arn)))
    throw invalid(`The target group with targetGroupArn ${arn} does not have an associated load balancer.`);
}

function clusterProviders(cluster: string, scene: Scene): readonly string[] {
  const providers = scene.account
    .ofType('aws_ecs_cluster_capacity_providers')
    .find((candidate) => attributesOf(candidate).text('cluster_name') === clusterName(cluster));
  return providers === undefined ? [] : attributesOf(providers).texts('capacity_providers');
}
