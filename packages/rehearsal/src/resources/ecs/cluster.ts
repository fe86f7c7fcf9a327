import { AwsError } from '../aws-error';
import { textRule } from '../naming';
import type { ResourceType } from '../resource-type';

/** A cluster: a name under which services and tasks run. */
export const ecsCluster: ResourceType = {
  type: 'aws_ecs_cluster',
  label: 'ECS Cluster',
  api: { service: 'ECS', create: 'CreateCluster', update: 'UpdateCluster', delete: 'DeleteCluster' },
  source: 'internal/service/ecs/cluster.go',
  forceNew: ['name'],
  allowed: { 'setting.name': ['containerInsights'], 'setting.value': ['enabled', 'disabled', 'enhanced'] },
  computedBlocks: ['setting'],
  notFound: () => new AwsError('ClusterNotFoundException', 'Cluster not found.'),
  inUse: () =>
    new AwsError('ClusterContainsServicesException', 'The Cluster cannot be deleted while Services are active.'),
  unique: [
    {
      of: (values) => [values.text('name')],
      taken: (values) =>
        new AwsError(
          'InvalidParameterException',
          `Arguments on this idempotent request are inconsistent with arguments used in previous request(s): cluster ${values.text('name')} exists.`,
        ),
    },
  ],
  validate: (config) =>
    textRule(
      config,
      'name',
      /^[\w-]{1,255}$/,
      'invalid value for name (The cluster name must consist of alphanumerics, hyphens, and underscores.): {}',
    ),
  create: ({ planned, scene }) => {
    const arn = scene.arn('ecs', `cluster/${planned.text('name')}`);
    return { id: arn, arn, setting: [{ name: 'containerInsights', value: 'disabled' }] };
  },
  importId: (given, account) => account.find('aws_ecs_cluster', given)?.id ?? given,
};

/** Which kinds of capacity a cluster may use. */
export const clusterCapacityProviders: ResourceType = {
  type: 'aws_ecs_cluster_capacity_providers',
  label: 'ECS Cluster Capacity Providers',
  api: { service: 'ECS', create: 'PutClusterCapacityProviders', delete: 'PutClusterCapacityProviders' },
  source: 'internal/service/ecs/cluster_capacity_providers.go',
  forceNew: ['cluster_name'],
  defaults: { 'default_capacity_provider_strategy.base': 0 },
  references: [{ attribute: 'cluster_name', to: 'aws_ecs_cluster' }],
  create: ({ planned }) => {
    const providers = planned.texts('capacity_providers');
    for (const strategy of planned.blocks('default_capacity_provider_strategy'))
      if (!providers.includes(strategy.text('capacity_provider')))
        throw new AwsError(
          'InvalidParameterException',
          `The specified capacity provider strategy must contain capacity providers of the cluster: ${strategy.text('capacity_provider')}`,
        );
    return { id: planned.text('cluster_name') };
  },
};
