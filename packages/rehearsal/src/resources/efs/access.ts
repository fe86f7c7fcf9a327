import { AwsError } from '../aws-error';
import { attributesOf } from '../../protocol/attributes';
import type { ResourceType } from '../resource-type';
import { toSecurityGroups, toSubnets } from '../reference-to';
import { noFileSystem } from './file-system';

/** A door to a folder of a file system, with the user as whom one comes in. All of it is fixed. */
export const accessPoint: ResourceType = {
  type: 'aws_efs_access_point',
  label: 'EFS Access Point',
  api: { service: 'EFS', create: 'CreateAccessPoint', delete: 'DeleteAccessPoint' },
  source: 'internal/service/efs/access_point.go',
  forceNew: ['file_system_id', 'posix_user', 'root_directory'],
  computedBlocks: ['root_directory', 'root_directory.creation_info'],
  references: [{ attribute: 'file_system_id', to: 'aws_efs_file_system', missing: noFileSystem }],
  notFound: (name) => new AwsError('AccessPointNotFound', `Access point '${name}' does not exist.`, 404),
  validate: (config) => {
    const path = config.block('root_directory')?.text('path') ?? '';
    const depth = path.split('/').filter((part) => part !== '').length;
    if (path.length > 100 || depth > 4)
      return [
        {
          path: 'root_directory.0.path',
          summary: `expected a path of at most 100 characters and 4 subdirectories, got: ${path}`,
        },
      ];
    return [];
  },
  create: ({ planned, scene }) => {
    const id = scene.id('fsap');
    const fileSystem = scene.account.find('aws_efs_file_system', planned.text('file_system_id'));
    return {
      id,
      arn: scene.arn('elasticfilesystem', `access-point/${id}`),
      file_system_arn: fileSystem === undefined ? '' : attributesOf(fileSystem).text('arn'),
      owner_id: scene.account.accountId,
      root_directory: [{ path: '/', creation_info: [] }],
    };
  },
};

/** The file system's address in one zone. */
export const mountTarget: ResourceType = {
  type: 'aws_efs_mount_target',
  label: 'EFS Mount Target',
  api: {
    service: 'EFS',
    create: 'CreateMountTarget',
    update: 'ModifyMountTargetSecurityGroups',
    delete: 'DeleteMountTarget',
  },
  source: 'internal/service/efs/mount_target.go',
  forceNew: ['file_system_id', 'subnet_id', 'ip_address', 'ip_address_type', 'ipv6_address'],
  references: [
    { attribute: 'file_system_id', to: 'aws_efs_file_system', blocks: true, missing: noFileSystem },
    toSubnets('subnet_id'),
    toSecurityGroups('security_groups'),
  ],
  create: ({ planned, scene }) => {
    const fileSystemId = planned.text('file_system_id');
    const subnet = scene.account.find('aws_subnet', planned.text('subnet_id'));
    const zone = subnet === undefined ? '' : attributesOf(subnet).text('availability_zone');
    const neighbours = scene.account
      .ofType('aws_efs_mount_target')
      .filter((target) => attributesOf(target).text('file_system_id') === fileSystemId);
    if (neighbours.some((target) => attributesOf(target).text('availability_zone_name') === zone))
      throw new AwsError('MountTargetConflict', 'mount target already exists in this AZ', 409);
    const vpcId = subnet === undefined ? '' : attributesOf(subnet).text('vpc_id');
    for (const id of planned.texts('security_groups')) {
      const group = scene.account.find('aws_security_group', id);
      if (group !== undefined && attributesOf(group).text('vpc_id') !== vpcId)
        throw new AwsError('SecurityGroupNotFound', `One or more security groups do not belong to the VPC ${vpcId}`);
    }
    const fileSystem = scene.account.find('aws_efs_file_system', fileSystemId);
    const dns = `${fileSystemId}.efs.${scene.region}.amazonaws.com`;
    return {
      id: scene.id('fsmt'),
      availability_zone_id: subnet === undefined ? '' : attributesOf(subnet).text('availability_zone_id'),
      availability_zone_name: zone,
      dns_name: dns,
      file_system_arn: fileSystem === undefined ? '' : attributesOf(fileSystem).text('arn'),
      ip_address: `10.0.0.${20 + neighbours.length}`,
      ip_address_type: 'IPV4_ONLY',
      mount_target_dns_name: `${zone}.${dns}`,
      network_interface_id: scene.id('eni'),
      owner_id: scene.account.accountId,
      security_groups: planned.texts('security_groups'),
    };
  },
};
