import { AwsError } from '../aws-error';
import { attributesOf } from '../../protocol/attributes';
import { policyFindings } from '../iam/iam';
import type { ResourceType } from '../resource-type';

const api = { service: 'EFS', create: 'CreateFileSystem', update: 'UpdateFileSystem', delete: 'DeleteFileSystem' };

/** EFS's answer to an id that it does not know. */
export function noFileSystem(id: string): AwsError {
  return new AwsError('FileSystemNotFound', `File system '${id}' does not exist.`, 404);
}

/** A shared file system. It goes when nobody can mount it any more. */
export const fileSystem: ResourceType = {
  type: 'aws_efs_file_system',
  label: 'EFS file system',
  api,
  source: 'internal/service/efs/file_system.go',
  forceNew: ['availability_zone_name', 'creation_token', 'encrypted', 'kms_key_id', 'performance_mode'],
  defaults: { throughput_mode: 'bursting' },
  allowed: {
    performance_mode: ['generalPurpose', 'maxIO'],
    throughput_mode: ['bursting', 'provisioned', 'elastic'],
    'protection.replication_overwrite': ['ENABLED', 'DISABLED', 'REPLICATING'],
  },
  corrections: { bounds: { lifecycle_policy: [0, 3] } },
  computedBlocks: ['protection'],
  unique: [
    {
      of: (values) => [values.text('creation_token')],
      taken: (values) =>
        new AwsError(
          'FileSystemAlreadyExists',
          `File system with creation token ${values.text('creation_token')} already exists`,
          409,
        ),
    },
  ],
  notFound: noFileSystem,
  inUse: ({ id }) =>
    new AwsError('FileSystemInUse', `File system ${id} has mount targets, and cannot be deleted until they are.`, 409),
  create: ({ planned, scene }) => {
    const id = scene.id('fs');
    const encrypted = planned.flag('encrypted');
    return {
      id,
      arn: scene.arn('elasticfilesystem', `file-system/${id}`),
      availability_zone_id: '',
      creation_token: scene.uniqueName('terraform-'),
      dns_name: `${id}.efs.${scene.region}.amazonaws.com`,
      encrypted,
      kms_key_id: encrypted ? scene.arn('kms', 'key/00000000-0000-4000-8000-000000000001') : '',
      name: planned.map('tags').Name ?? '',
      owner_id: scene.account.accountId,
      performance_mode: 'generalPurpose',
      protection: [{ replication_overwrite: 'ENABLED' }],
    };
  },
  update: ({ planned }) => ({ name: planned.map('tags').Name ?? '' }),
  remove: ({ current, scene }) => {
    // Policy and access points are parts of it.
    for (const type of ['aws_efs_file_system_policy', 'aws_efs_backup_policy', 'aws_efs_access_point'])
      for (const part of scene.account.ofType(type))
        if (attributesOf(part).text('file_system_id') === current.id) scene.account.remove(part);
  },
  read: (resource, account) => ({
    number_of_mount_targets: account
      .ofType('aws_efs_mount_target')
      .filter((target) => attributesOf(target).text('file_system_id') === resource.id).length,
  }),
};

/** Who may mount, write and be root. */
export const fileSystemPolicy: ResourceType = {
  type: 'aws_efs_file_system_policy',
  label: 'EFS File System Policy',
  api: { service: 'EFS', create: 'PutFileSystemPolicy', delete: 'DeleteFileSystemPolicy' },
  source: 'internal/service/efs/file_system_policy.go',
  forceNew: ['file_system_id'],
  defaults: { bypass_policy_lockout_safety_check: false },
  onlyInState: ['bypass_policy_lockout_safety_check'],
  json: ['policy'],
  references: [{ attribute: 'file_system_id', to: 'aws_efs_file_system' }],
  validate: (config) => policyFindings(config, 'policy'),
  create: ({ planned }) => ({ id: planned.text('file_system_id') }),
};

/** Whether AWS Backup keeps copies. */
export const backupPolicy: ResourceType = {
  type: 'aws_efs_backup_policy',
  label: 'EFS Backup Policy',
  api: { service: 'EFS', create: 'PutBackupPolicy', delete: 'PutBackupPolicy' },
  source: 'internal/service/efs/backup_policy.go',
  forceNew: ['file_system_id'],
  allowed: { 'backup_policy.status': ['ENABLED', 'DISABLED'] },
  references: [{ attribute: 'file_system_id', to: 'aws_efs_file_system' }],
  create: ({ planned }) => ({ id: planned.text('file_system_id') }),
};
