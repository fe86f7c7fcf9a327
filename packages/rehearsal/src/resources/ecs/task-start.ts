import type { AccountView } from '../../account/account-view';
import { attributesOf, type Attributes } from '../../protocol/attributes';
import { isAllowed } from '../iam/evaluate-policy';
import { findVersion } from '../secretsmanager/secret-version';
import { readContainers } from './container-definitions';

/**
 * Why Fargate could not start the service's tasks, in the words that ECS puts into its events; undefined when it can.
 * What a task needs before its containers run: its log groups, its secrets, its file systems, and the right to use them.
 */
export function whyTaskCannotStart(account: AccountView, service: Attributes): string | undefined {
  const definition = account.find('aws_ecs_task_definition', service.text('task_definition'));
  if (definition === undefined) return 'TaskDefinition not found.';
  const registered = attributesOf(definition);
  const network = service.block('network_configuration');
  return (
    whyNoLogs(account, registered) ??
    whyNoSecrets(account, registered) ??
    whyNoVolumes(account, registered, network?.texts('subnets') ?? [])
  );
}

function whyNoLogs(account: AccountView, definition: Attributes): string | undefined {
  for (const { logConfiguration } of readContainers(definition.text('container_definitions'))) {
    const group = logConfiguration?.options?.['awslogs-group'] ?? '';
    const makesIt = logConfiguration?.options?.['awslogs-create-group'] === 'true';
    if (logConfiguration?.logDriver !== 'awslogs' || makesIt) continue;
    if (account.find('aws_cloudwatch_log_group', group) === undefined)
      return (
        'ResourceInitializationError: failed to validate logger args: failed to create Cloudwatch log stream: ' +
        `ResourceNotFoundException: The specified log group does not exist (${group}).`
      );
  }
  return undefined;
}

function whyNoSecrets(account: AccountView, definition: Attributes): string | undefined {
  const prefix =
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed';
  const role = definition.text('execution_role_arn');
  for (const { secrets } of readContainers(definition.text('container_definitions'))) {
    for (const { valueFrom } of secrets ?? []) {
      // After the ARN's seven parts: JSON key, version stage, version id.
      const [arn, rest] = [valueFrom.split(':').slice(0, 7).join(':'), valueFrom.split(':').slice(7)];
      if (!arn.includes(':secretsmanager:')) continue;
      const stage = rest[1] ?? '';
      const version = findVersion(account, arn, {
        stage: stage === '' ? 'AWSCURRENT' : stage,
        versionId: rest[2] ?? '',
      });
      if (version === undefined)
        return `${prefix}: ResourceNotFoundException: Secrets Manager can't find the specified secret (${arn}).`;
      if (!isAllowed(account, { roleArn: role, action: 'secretsmanager:GetSecretValue', resource: arn }))
        return `${prefix}: AccessDeniedException: ${role} is not authorized to perform: secretsmanager:GetSecretValue on resource: ${arn}`;
    }
  }
  return undefined;
}

function whyNoVolumes(account: AccountView, definition: Attributes, subnets: readonly string[]): string | undefined {
  const prefix = 'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes:';
  for (const volume of definition.blocks('volume')) {
    const efs = volume.block('efs_volume_configuration');
    if (efs === undefined) continue;
    const fileSystemId = efs.text('file_system_id');
    const targets = account
      .ofType('aws_efs_mount_target')
      .filter((target) => attributesOf(target).text('file_system_id') === fileSystemId);
    const zones = targets.map((target) => attributesOf(target).text('availability_zone_name'));
    const without = subnets.find((id) => {
      const subnet = account.find('aws_subnet', id);
      return subnet === undefined || !zones.includes(attributesOf(subnet).text('availability_zone'));
    });
    if (without !== undefined)
      return `${prefix} Failed to resolve "${fileSystemId}.efs.amazonaws.com": no mount target in the availability zone of ${without}`;
    const mount = {
      roleArn: definition.text('task_role_arn'),
      action: 'elasticfilesystem:ClientMount',
      resource: attributesOf(account.find('aws_efs_file_system', fileSystemId) ?? { attributes: {} }).text('arn'),
      accessPointId: efs.block('authorization_config')?.text('access_point_id') ?? '',
    };
    if (!mayUseFileSystem(account, fileSystemId, mount))
      return `${prefix} b'mount.nfs4: access denied by server while mounting 127.0.0.1:/'`;
  }
  return undefined;
}

/** One wish to mount, or to write to, a file system. */
export interface FileSystemUse {
  readonly roleArn: string;
  readonly action: string;
  readonly resource: string;
  readonly accessPointId: string;
}

/** True when the file system's policy and the role's permissions together allow it. */
export function mayUseFileSystem(account: AccountView, fileSystemId: string, use: FileSystemUse): boolean {
  const accessPoint = account.find('aws_efs_access_point', use.accessPointId);
  const policy = account
    .ofType('aws_efs_file_system_policy')
    .find((candidate) => attributesOf(candidate).text('file_system_id') === fileSystemId);
  // Without a policy of its own, a file system lets everybody in who reaches it.
  if (policy === undefined) return use.action !== 'elasticfilesystem:ClientRootAccess';
  return isAllowed(account, {
    roleArn: use.roleArn,
    action: use.action,
    resource: use.resource,
    resourcePolicy: attributesOf(policy).text('policy'),
    context: {
      'aws:SecureTransport': 'true',
      'aws:PrincipalArn': use.roleArn,
      'elasticfilesystem:AccessedViaMountTarget': 'true',
      ...(accessPoint === undefined
        ? {}
        : { 'elasticfilesystem:AccessPointArn': attributesOf(accessPoint).text('arn') }),
    },
  });
}
