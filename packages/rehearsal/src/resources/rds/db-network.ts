import { AwsError } from '../aws-error';
import { attributesOf } from '../../protocol/attributes';
import { nameFrom, textRule } from '../naming';
import type { ResourceType } from '../resource-type';

/** Subnets where a database may live; at least two zones. */
export const dbSubnetGroup: ResourceType = {
  type: 'aws_db_subnet_group',
  label: 'RDS DB Subnet Group',
  api: { service: 'RDS', create: 'CreateDBSubnetGroup', update: 'ModifyDBSubnetGroup', delete: 'DeleteDBSubnetGroup' },
  source: 'internal/service/rds/subnet_group.go',
  forceNew: ['name', 'name_prefix'],
  defaults: { description: 'Managed by Terraform' },
  references: [{ attribute: 'subnet_ids', to: 'aws_subnet', missing: invalidSubnet }],
  unique: [
    {
      of: (values) => [values.text('name')],
      taken: (values) =>
        new AwsError('DBSubnetGroupAlreadyExists', `The DB subnet group '${values.text('name')}' already exists.`),
    },
  ],
  notFound: (name) => new AwsError('DBSubnetGroupNotFoundFault', `DB subnet group '${name}' does not exist.`, 404),
  inUse: ({ id }, users) =>
    new AwsError(
      'InvalidDBSubnetGroupStateFault',
      `Cannot delete the subnet group '${id}' because at least one database instance: ${users[0]?.id ?? ''} is still using it.`,
    ),
  validate: (config) =>
    textRule(
      config,
      'name',
      /^(?!default$)[a-z0-9 ._-]{1,255}$/,
      'only lowercase alphanumeric characters, hyphens, underscores, periods, and spaces allowed in "name"',
    ),
  create: ({ planned, scene }) => {
    const { name, computed } = nameFrom(planned, scene);
    const subnets = planned.texts('subnet_ids').flatMap((id) => {
      const found = scene.account.find('aws_subnet', id);
      return found === undefined ? [] : [attributesOf(found)];
    });
    const zones = [...new Set(subnets.map((subnet) => subnet.text('availability_zone')))];
    if (zones.length < 2)
      throw new AwsError(
        'DBSubnetGroupDoesNotCoverEnoughAZs',
        "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: " +
          `${zones.join(', ')}. Add subnets to cover at least 2 AZs.`,
      );
    return {
      id: name,
      ...computed,
      arn: scene.arn('rds', `subgrp:${name}`),
      supported_network_types: ['IPV4'],
      vpc_id: subnets[0]?.text('vpc_id') ?? '',
    };
  },
};

/** Parameters that take effect at a restart only. @source https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html */
const STATIC_PARAMETERS = new Set([
  'autovacuum_max_workers',
  'max_connections',
  'max_prepared_transactions',
  'max_replication_slots',
  'max_wal_senders',
  'max_worker_processes',
  'rds.logical_replication',
  'shared_buffers',
  'shared_preload_libraries',
  'track_activity_query_size',
  'wal_buffers',
]);

/** Settings of a database. */
export const dbParameterGroup: ResourceType = {
  type: 'aws_db_parameter_group',
  label: 'RDS DB Parameter Group',
  api: {
    service: 'RDS',
    create: 'CreateDBParameterGroup',
    update: 'ModifyDBParameterGroup',
    delete: 'DeleteDBParameterGroup',
  },
  source: 'internal/service/rds/parameter_group.go',
  forceNew: ['name', 'name_prefix', 'family', 'description'],
  defaults: { description: 'Managed by Terraform', skip_destroy: false, 'parameter.apply_method': 'immediate' },
  allowed: { 'parameter.apply_method': ['immediate', 'pending-reboot'] },
  onlyInState: ['skip_destroy'],
  unique: [
    {
      of: (values) => [values.text('name')],
      taken: (values) =>
        new AwsError('DBParameterGroupAlreadyExists', `Parameter group ${values.text('name')} already exists`),
    },
  ],
  notFound: (name) => new AwsError('DBParameterGroupNotFound', `DBParameterGroup ${name} not found.`, 404),
  inUse: () =>
    new AwsError(
      'InvalidDBParameterGroupState',
      'One or more database instances are still members of this parameter group, so the group cannot be deleted',
    ),
  create: ({ planned, scene }) => {
    checkParameters(planned.blocks('parameter'));
    const { name, computed } = nameFrom(planned, scene);
    return { id: name, ...computed, arn: scene.arn('rds', `pg:${name}`) };
  },
  update: ({ planned }) => {
    checkParameters(planned.blocks('parameter'));
    return {};
  },
};

function checkParameters(parameters: readonly { text(name: string): string }[]): void {
  for (const parameter of parameters)
    if (parameter.text('apply_method') === 'immediate' && STATIC_PARAMETERS.has(parameter.text('name')))
      throw new AwsError('InvalidParameterCombination', 'cannot use immediate apply method for static parameter');
}

function invalidSubnet(id: string): AwsError {
  return new AwsError('InvalidSubnet', `Some input subnets in :[${id}] are invalid.`);
}
