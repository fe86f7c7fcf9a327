import { availabilityZones, callerIdentity, managedPrefixList, partition, prefixList, region } from './account-facts';
import type { DataSource } from './data-source';
import { listing, lookup } from './lookup';
import { policyDocument } from './policy-document';

const subnetAttributes = ['id', 'vpc_id', 'cidr_block', 'availability_zone', 'availability_zone_id'];

/** Every type of data source that the offline provider knows. */
export const dataSources: readonly DataSource[] = [
  callerIdentity,
  region,
  partition,
  availabilityZones,
  prefixList,
  managedPrefixList,
  policyDocument,
  lookup({
    type: 'aws_vpc',
    label: 'EC2 VPC',
    by: ['id', 'cidr_block'],
    names: { 'vpc-id': 'id', cidr: 'cidr_block' },
  }),
  lookup({ type: 'aws_subnet', label: 'EC2 Subnet', by: subnetAttributes, names: { 'subnet-id': 'id' } }),
  listing({
    type: 'aws_subnets',
    of: 'aws_subnet',
    ids: 'ids',
    label: 'EC2 Subnets',
    by: [],
    names: { 'subnet-id': 'id' },
  }),
  lookup({
    type: 'aws_security_group',
    label: 'EC2 Security Group',
    by: ['id', 'name', 'vpc_id'],
    names: { 'group-id': 'id', 'group-name': 'name' },
  }),
  lookup({ type: 'aws_secretsmanager_secret', label: 'Secrets Manager Secret', by: ['arn', 'name'] }),
  lookup({ type: 'aws_iam_role', label: 'IAM Role', by: ['name'] }),
  lookup({ type: 'aws_iam_policy', label: 'IAM Policy', by: ['name', 'arn'] }),
  lookup({ type: 'aws_kms_key', label: 'KMS Key', by: ['key_id'] }),
  lookup({ type: 'aws_s3_bucket', label: 'S3 Bucket', by: ['bucket'] }),
  lookup({ type: 'aws_lb', label: 'ELBv2 Load Balancer', by: ['arn', 'name'] }),
  lookup({ type: 'aws_ecs_cluster', label: 'ECS Cluster', by: ['cluster_name'], names: { cluster_name: 'name' } }),
  lookup({
    type: 'aws_db_instance',
    label: 'RDS DB Instance',
    by: ['db_instance_identifier'],
    names: { db_instance_identifier: 'identifier' },
  }),
  lookup({ type: 'aws_cloudwatch_log_group', label: 'CloudWatch Logs Log Group', by: ['name'] }),
  lookup({
    type: 'aws_efs_file_system',
    label: 'EFS file system',
    by: ['file_system_id', 'creation_token'],
    names: { file_system_id: 'id' },
  }),
];
