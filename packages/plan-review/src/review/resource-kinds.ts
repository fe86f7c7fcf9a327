/**
 * Types that hold what nobody can make again: data, keys, names that others have written down. Deleting or replacing one is critical.
 * Chosen by reading what each type's deletion loses; extend it when a stack starts to use another.
 */
const STATEFUL = new Map<string, string>([
  ['aws_db_instance', 'data'],
  ['aws_rds_cluster', 'data'],
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

/** Attributes whose lifting removes a protection, with the value that protects. */
const PROTECTIONS = new Map<string, unknown>([
  ['deletion_protection', true],
  ['enable_deletion_protection', true],
  ['deletion_protection_enabled', true],
  ['skip_final_snapshot', false],
  ['force_destroy', false],
  ['storage_encrypted', true],
  ['encrypted', true],
  ['block_public_acls', true],
  ['block_public_policy', true],
  ['ignore_public_acls', true],
  ['restrict_public_buckets', true],
]);

/** What a stateful type holds; undefined for all others. */
export function holds(type: string): string | undefined {
  return STATEFUL.get(type);
}

/** True for types that are replaced as a matter of course. */
export function isReplacedByDesign(type: string): boolean {
  return REPLACED_BY_DESIGN.has(type);
}

/** True when an attribute was protecting before and is not any more. */
export function liftsProtection(attribute: string, before: unknown, after: unknown): boolean {
  return PROTECTIONS.has(attribute) && before === PROTECTIONS.get(attribute) && after !== before;
}

/** Attributes of AWS resources that are sets: the JSON of a plan writes them as lists, whose order means nothing. */
const SETS =
  /(?:^|\.)(?:[a-z_]*(?:subnet|security_group|route_table|availability_zone|target_group)s?(?:_ids|_arns)?|security_groups|subnets|cidr_blocks|ipv6_cidr_blocks|prefix_list_ids|ingress|egress|policy_arns|managed_policy_arns|aliases|architectures|enabled_cloudwatch_logs_exports|requires_compatibilities|capacity_providers|volume|rule|parameter|transition|filter|condition|server_side_encryption_configuration|attribute|tag)$/;

/** Whether an attribute is a set, by its path without indices. A plan does not say; the names are those of the AWS provider. */
export function isSetAttribute(path: string): boolean {
  return SETS.test(path) && !path.includes('#');
}
