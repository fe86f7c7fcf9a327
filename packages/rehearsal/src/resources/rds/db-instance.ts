import { textOf } from '../../account/account-document';
import type { KnownValues } from '../../protocol/value';
import { AwsError } from '../aws-error';
import { attributesOf, type Attributes } from '../../protocol/attributes';
import { rangeRule, textRule } from '../naming';
import type { Finding, ResourceType } from '../resource-type';
import { toSecurityGroups } from '../reference-to';
import type { Scene } from '../scene';

/** A database. Its password is write-only here: it reaches no plan and no state. */
export const dbInstance: ResourceType = {
  type: 'aws_db_instance',
  label: 'RDS DB Instance',
  api: { service: 'RDS', create: 'CreateDBInstance', update: 'ModifyDBInstance', delete: 'DeleteDBInstance' },
  source: 'internal/service/rds/instance.go',
  corrections: { sensitive: ['password'], writeOnly: ['password_wo'] },
  forceNew: [
    'availability_zone',
    'backup_target',
    'character_set_name',
    'custom_iam_instance_profile',
    'db_name',
    'engine',
    'identifier_prefix',
    'kms_key_id',
    'nchar_character_set_name',
    'snapshot_identifier',
    'storage_encrypted',
    'timezone',
    'username',
  ],
  defaults: {
    auto_minor_version_upgrade: true,
    copy_tags_to_snapshot: false,
    delete_automated_backups: true,
    monitoring_interval: 0,
    performance_insights_enabled: false,
    publicly_accessible: false,
    skip_final_snapshot: false,
  },
  allowed: {
    database_insights_mode: ['standard', 'advanced'],
    engine_lifecycle_support: ['open-source-rds-extended-support', 'open-source-rds-extended-support-disabled'],
    network_type: ['IPV4', 'DUAL'],
    storage_type: ['standard', 'gp2', 'gp3', 'io1', 'io2'],
  },
  onlyInState: [
    'allow_major_version_upgrade',
    'apply_immediately',
    'delete_automated_backups',
    'final_snapshot_identifier',
    'manage_master_user_password',
    'password',
    'password_wo_version',
    'skip_final_snapshot',
  ],
  references: [
    { attribute: 'db_subnet_group_name', to: 'aws_db_subnet_group', blocks: true },
    // Every family has a group of its own that AWS keeps: default.postgres16.
    {
      attribute: 'parameter_group_name',
      to: 'aws_db_parameter_group',
      blocks: true,
      optional: true,
    },
    toSecurityGroups('vpc_security_group_ids'),
  ],
  unique: [
    {
      of: (values) => [values.text('identifier')],
      taken: () => new AwsError('DBInstanceAlreadyExists', 'DB instance already exists'),
    },
  ],
  notFound: (name) => new AwsError('DBInstanceNotFound', `DBInstance ${name} not found.`, 404),
  importId: (given, account) =>
    account.ofType('aws_db_instance').find((found) => attributesOf(found).text('identifier') === given)?.id ?? given,
  validate,
  plan: ({ changed }) => (changed.has('engine_version') ? { unknown: ['engine_version_actual'] } : {}),
  create: ({ planned, config, scene }) => createInstance(planned, config, scene),
  // AWS answers with what it did at once; the rest waits for the maintenance window.
  update: ({ prior, planned, config }) => {
    checkPassword(config);
    checkStorage(planned);
    checkDirection(prior, planned);
    return { engine_version_actual: actualVersion(planned.text('engine_version')) };
  },
  remove: ({ current, prior, scene }) => {
    if (attributesOf(current).flag('deletion_protection'))
      throw new AwsError(
        'InvalidParameterCombination',
        'Cannot delete protected DB Instance, please disable deletion protection and try again.',
      );
    if (prior.flag('skip_final_snapshot')) return;
    const snapshot = prior.text('final_snapshot_identifier');
    if (snapshot === '')
      throw new AwsError(
        'InvalidParameterCombination',
        'FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.',
      );
    if (scene.account.find('aws_db_snapshot', snapshot) !== undefined)
      throw new AwsError(
        'DBSnapshotAlreadyExists',
        `Cannot create the snapshot because a snapshot with the identifier ${snapshot} already exists.`,
      );
    scene.account.put({
      type: 'aws_db_snapshot',
      id: snapshot,
      region: scene.region,
      attributes: { db_instance_identifier: attributesOf(current).text('identifier') },
    });
  },
};

function validate(config: Attributes): Finding[] {
  const findings = [
    ...textRule(
      config,
      'identifier',
      /^(?!.*--)[a-z][a-z0-9-]{0,62}(?<!-)$/,
      'only lowercase alphanumeric characters and hyphens allowed in "identifier", which must begin with a letter, and contain no two hyphens in a row: {}',
    ),
    ...rangeRule(config, 'backup_retention_period', 0, 35),
    ...(config.has('monitoring_interval') &&
    ![0, 1, 5, 10, 15, 30, 60].includes(config.number('monitoring_interval') ?? 0)
      ? [
          {
            path: 'monitoring_interval',
            summary: `expected monitoring_interval to be one of [0 1 5 10 15 30 60], got ${config.number('monitoring_interval') ?? ''}`,
          },
        ]
      : []),
  ];
  if (config.has('password_wo_version') !== config.isSet('password_wo'))
    findings.push({
      path: 'password_wo',
      summary: 'Missing required argument',
      detail: '"password_wo": all of `password_wo,password_wo_version` must be specified',
    });
  return findings;
}

function createInstance(planned: Attributes, config: Attributes, scene: Scene): KnownValues & { id: string } {
  const hasPassword = ['password', 'password_wo'].some((name) => config.text(name) !== '');
  if (!hasPassword && !planned.flag('manage_master_user_password'))
    throw new AwsError(
      'InvalidParameterValue',
      'The parameter MasterUserPassword must be provided and must not be blank.',
    );
  checkPassword(config);
  checkStorage(planned);
  if ((planned.number('monitoring_interval') ?? 0) > 0 && planned.text('monitoring_role_arn') === '')
    throw new AwsError(
      'InvalidParameterCombination',
      'A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.',
    );
  const identifier = planned.text('identifier') || scene.uniqueName(planned.text('identifier_prefix') || 'terraform-');
  const id = `db-${scene.hex(26).toUpperCase()}`;
  const zone = scene.hex(12);
  const major = planned.text('engine_version').split('.')[0] ?? '';
  const group = scene.account.find('aws_db_subnet_group', planned.text('db_subnet_group_name'));
  // AWS chooses one of the group's zones; always the same one makes two deployments comparable.
  const [firstZone = `${scene.region}a`] = (group === undefined ? [] : attributesOf(group).texts('subnet_ids'))
    .map((id) => textOf(scene.account.find('aws_subnet', id), 'availability_zone'))
    .sort();
  const address = `${identifier}.${zone}.${scene.region}.rds.amazonaws.com`;
  return {
    id,
    resource_id: id,
    identifier,
    identifier_prefix: planned.text('identifier_prefix'),
    address,
    arn: scene.arn('rds', `db:${identifier}`),
    availability_zone: firstZone,
    backup_retention_period: 0,
    backup_target: 'region',
    backup_window: '03:00-04:00',
    ca_cert_identifier: 'rds-ca-rsa2048-g1',
    database_insights_mode: 'standard',
    endpoint: `${address}:${planned.number('port') ?? 5432}`,
    engine: planned.text('engine'),
    engine_lifecycle_support: 'open-source-rds-extended-support',
    engine_version: planned.text('engine_version') || '16.10',
    engine_version_actual: actualVersion(planned.text('engine_version')),
    hosted_zone_id: 'Z2R2ITUGPM61AM',
    kms_key_id: planned.flag('storage_encrypted') ? scene.arn('kms', 'key/00000000-0000-4000-8000-000000000000') : '',
    latest_restorable_time: scene.now.toISOString(),
    license_model: 'postgresql-license',
    maintenance_window: 'sun:05:00-sun:06:00',
    network_type: 'IPV4',
    option_group_name: `default:postgres-${major}`,
    parameter_group_name: `default.postgres${major}`,
    performance_insights_kms_key_id: '',
    performance_insights_retention_period: planned.flag('performance_insights_enabled') ? 7 : 0,
    port: 5432,
    status: 'available',
    storage_throughput: planned.text('storage_type') === 'gp3' ? 125 : 0,
    iops: planned.text('storage_type') === 'gp3' ? 3000 : 0,
    storage_type: 'gp2',
    username: planned.text('username'),
  };
}

/** Of a major version, AWS takes a minor one. */
function actualVersion(wanted: string): string {
  return wanted.includes('.') ? wanted : `${wanted === '' ? '16' : wanted}.10`;
}

function checkPassword(config: Attributes): void {
  const password = config.text('password_wo') || config.text('password');
  if (password === '') return;
  if (password.length < 8 || password.length > 128)
    throw new AwsError(
      'InvalidParameterValue',
      'The parameter MasterUserPassword is not a valid password because it is shorter than 8 characters or longer than 128.',
    );
  if (!/^[\x21-\x7e]+$/.test(password) || /[/@" ]/.test(password))
    throw new AwsError(
      'InvalidParameterValue',
      `The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '"', ' ' may be used.`,
    );
}

/**
 * What only grows: storage, and the engine's version.
 * @source https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.ModifyingExisting.html, USER_UpgradeDBInstance.Upgrading.html
 */
function checkDirection(prior: Attributes, planned: Attributes): void {
  const [before, after] = [prior.number('allocated_storage') ?? 0, planned.number('allocated_storage') ?? 0];
  if (after < before)
    throw new AwsError(
      'InvalidParameterValue',
      `The requested storage size (${after} GiB) is less than the current one (${before} GiB): storage cannot be reduced.`,
    );
  const [from, to] = [prior.text('engine_version_actual'), planned.text('engine_version')];
  if (to !== '' && Number(to.split('.')[0]) < Number(from.split('.')[0]))
    throw new AwsError('InvalidParameterCombination', `Cannot upgrade ${planned.text('engine')} from ${from} to ${to}`);
}

/** @source https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html (gp3: 20 GiB to 64 TiB; IOPS and throughput from 400 GiB) */
function checkStorage(planned: Attributes): void {
  const size = planned.number('allocated_storage') ?? 0;
  if (planned.text('storage_type') === 'gp3' && size < 20)
    throw new AwsError(
      'InvalidParameterValue',
      `Invalid storage size for engine name ${planned.text('engine')} and storage type gp3: ${size}`,
    );
  const tuned = planned.has('iops') || planned.has('storage_throughput');
  const defaults = (planned.number('iops') ?? 3000) === 3000 && (planned.number('storage_throughput') ?? 125) === 125;
  if (planned.text('storage_type') === 'gp3' && size < 400 && tuned && !defaults)
    throw new AwsError(
      'InvalidParameterCombination',
      `You can't specify IOPS or storage throughput for engine ${planned.text('engine')} and a storage size less than 400.`,
    );
}
