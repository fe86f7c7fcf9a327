import { UNKNOWN } from '../values/masks';

/**
 * Types that hold what nobody can make again: data, keys, names that others have written down. Deleting or replacing one is critical.
 * Chosen by reading what each type's deletion loses; extend it when a stack starts to use another.
 */
const STATEFUL = new Map<string, string>([
  ['aws_db_instance', 'data'],
  ['aws_rds_cluster', 'data'],
  ['aws_rds_global_cluster', 'data'],
  ['aws_docdb_cluster', 'data'],
  ['aws_neptune_cluster', 'data'],
  ['aws_redshift_cluster', 'data'],
  ['aws_opensearch_domain', 'data'],
  ['aws_elasticsearch_domain', 'data'],
  ['aws_memorydb_cluster', 'data'],
  ['aws_msk_cluster', 'messages'],
  ['aws_mq_broker', 'messages'],
  ['aws_sqs_queue', 'messages'],
  ['aws_kinesis_stream', 'messages'],
  ['aws_fsx_lustre_file_system', 'files'],
  ['aws_fsx_openzfs_file_system', 'files'],
  ['aws_backup_vault', 'backups'],
  ['aws_db_snapshot', 'a backup'],
  ['aws_ebs_snapshot', 'a backup'],
  ['aws_cognito_user_pool', 'accounts of users'],
  ['aws_rds_cluster_instance', 'data'],
  ['aws_dynamodb_table', 'data'],
  ['aws_s3_bucket', 'data'],
  ['aws_efs_file_system', 'files'],
  ['aws_ebs_volume', 'data'],
  ['aws_elasticache_replication_group', 'data'],
  ['aws_secretsmanager_secret', 'a secret'],
  ['aws_ssm_parameter', 'a value'],
  ['aws_kms_key', 'a key: whatever it encrypted is lost with it'],
  ['aws_ecr_repository', 'images'],
  ['aws_cloudwatch_log_group', 'logs'],
  ['aws_route53_zone', 'a zone: its name servers change'],
  ['aws_eip', 'a public address that others may have allowed'],
  ['aws_acm_certificate', 'a certificate'],
  ['aws_acmpca_certificate_authority', 'a certificate authority'],
  ['aws_codecommit_repository', 'code'],
  ['aws_db_cluster_snapshot', 'a backup'],
  ['aws_docdb_cluster_snapshot', 'a backup'],
  ['aws_neptune_cluster_snapshot', 'a backup'],
  ['aws_ecrpublic_repository', 'images'],
  ['aws_elasticache_cluster', 'data'],
  ['aws_elasticache_serverless_cache', 'data'],
  ['aws_fsx_ontap_file_system', 'files'],
  ['aws_fsx_windows_file_system', 'files'],
  ['aws_glacier_vault', 'archives'],
  ['aws_keyspaces_table', 'data'],
  ['aws_kms_external_key', 'a key: whatever it encrypted is lost with it'],
  ['aws_lightsail_database', 'data'],
  ['aws_msk_serverless_cluster', 'messages'],
  ['aws_opensearchserverless_collection', 'data'],
  ['aws_redshiftserverless_namespace', 'data'],
  ['aws_s3_directory_bucket', 'data'],
  ['aws_s3tables_table_bucket', 'data'],
  ['aws_timestreamwrite_table', 'data'],
]);

/**
 * Types that are made anew by design: a revision, an invocation, a zip. Replacing one is as ordinary as updating it.
 * @source each type's documentation: all of its arguments force replacement, and nothing is lost with the old one
 */
const REPLACED_BY_DESIGN = new Set([
  'aws_ecs_task_definition',
  'aws_batch_job_definition',
  'aws_lambda_invocation',
  'aws_lambda_permission',
  'aws_iam_role_policy_attachment',
  'aws_secretsmanager_secret_version',
  'terraform_data',
  'null_resource',
  'time_sleep',
]);

/** Attributes that protect: by name, whether a value does. Lifting one is critical. */
const PROTECTIONS = new Map<string, (value: unknown) => boolean>([
  ...[
    'enable_deletion_protection',
    'deletion_protection_enabled',
    'storage_encrypted',
    'encrypted',
    'encrypt_at_rest',
    'block_public_acls',
    'block_public_policy',
    'ignore_public_acls',
    'restrict_public_buckets',
    'enable_key_rotation',
    'point_in_time_recovery[].enabled',
    'point_in_time_recovery[0].enabled',
    'multi_az',
    'delete_protection',
    'termination_protection',
    'disable_api_termination',
    'at_rest_encryption_enabled',
    'transit_encryption_enabled',
    'encrypt_at_rest[0].enabled',
  ].map((name) => [name, (value: unknown) => value === true] as const),
  ...['skip_final_snapshot', 'force_destroy', 'force_delete', 'force_destroy_policy'].map(
    (name) => [name, (value: unknown) => value === false] as const,
  ),
  // No backups any more; fewer days are a matter of cost.
  ['backup_retention_period', (value) => typeof value === 'number' && value > 0],
  // A pool of users says it in a word.
  ['deletion_protection', (value) => value === true || value === 'ACTIVE'],
  ['delete_automated_backups', (value) => value === false],
  ['versioning_configuration[0].status', (value) => value === 'Enabled'],
  ['object_lock_enabled', (value) => value === true],
]);

/** Types that are nothing but a protection of something else, by what they protect it with. */
const PROTECTORS: ReadonlyMap<string, string> = new Map([
  ['aws_s3_bucket_versioning', 'the bucket’s earlier versions'],
  ['aws_s3_bucket_object_lock_configuration', 'the bucket’s lock against deletion'],
  ['aws_backup_vault_lock_configuration', 'the vault’s lock against deletion'],
]);

/** What is gone with a type that only protects; undefined for all others. */
export function protects(type: string): string | undefined {
  return PROTECTORS.get(type);
}

/** What a stateful type holds; undefined for all others. */
export function holds(type: string): string | undefined {
  return STATEFUL.get(type);
}

/** True for types that hold nothing and stand for nothing outside of Terraform. */
export function isBookkeeping(type: string): boolean {
  return type === 'terraform_data' || type === 'null_resource' || type === 'time_sleep';
}

/** True for types that are replaced as a matter of course. */
export function isReplacedByDesign(type: string): boolean {
  return REPLACED_BY_DESIGN.has(type);
}

/** True when an attribute was protecting before and is not any more. */
export function liftsProtection(attribute: string, before: unknown, after: unknown): boolean {
  const protects = PROTECTIONS.get(attribute);
  return protects !== undefined && protects(before) && !protects(after) && after !== UNKNOWN;
}

/** Attributes of AWS resources that are sets: the JSON of a plan writes them as lists, whose order means nothing. */
const SETS =
  /(?:^|\.)(?:[a-z_]*(?:subnet|security_group|route_table|availability_zone|target_group)s?(?:_ids|_arns)?|security_groups|subnets|cidr_blocks|ipv6_cidr_blocks|prefix_list_ids|ingress|egress|policy_arns|managed_policy_arns|aliases|architectures|enabled_cloudwatch_logs_exports|requires_compatibilities|capacity_providers|volume|rule|parameter|transition|filter|condition|server_side_encryption_configuration|attribute|tag)$/;

/** Whether an attribute is a set, by its path without indices. A plan does not say; the names are those of the AWS provider. */
export function isSetAttribute(path: string): boolean {
  return SETS.test(path) && !path.includes('#');
}
