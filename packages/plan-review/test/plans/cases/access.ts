import type { PlanCase } from '../plan-case';

const VPC = `resource "aws_vpc" "main" {\n  cidr_block = "10.40.0.0/16"\n}\nresource "aws_security_group" "app" {\n  name   = "app"\n  vpc_id = aws_vpc.main.id\n}\nresource "aws_security_group" "other" {\n  name   = "other"\n  vpc_id = aws_vpc.main.id\n}\n`;
const rule = (body: string): string =>
  `${VPC}resource "aws_vpc_security_group_ingress_rule" "in" {\n  security_group_id = aws_security_group.app.id\n  ${body}\n}\n`;
const policy = (...statements: string[]): string =>
  `jsonencode({ Version = "2012-10-17", Statement = [${statements.join(', ')}] })`;
const trust = (principal: string, more = ''): string =>
  policy(`{ Effect = "Allow", Action = "sts:AssumeRole", Principal = ${principal}${more} }`);
const role = (trusted: string, more = ''): string =>
  `resource "aws_iam_role" "app" {\n  name               = "app"\n  assume_role_policy = ${trusted}\n}\n${more}`;
const ECS = '{ Service = "ecs-tasks.amazonaws.com" }';
const rolePolicy = (...statements: string[]): string =>
  role(
    trust(ECS),
    `resource "aws_iam_role_policy" "app" {\n  role   = aws_iam_role.app.id\n  name   = "app"\n  policy = ${policy(...statements)}\n}\n`,
  );
const read = '{ Sid = "Read", Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::lab/*" }';

/** Access that widens, narrows, or only looks different. */
export const accessCases: readonly PlanCase[] = [
  {
    name: 'access-internet',
    before: rule('cidr_ipv4   = "10.0.0.0/8"\n  ip_protocol = "tcp"\n  from_port   = 4000\n  to_port     = 4000'),
    after: rule('cidr_ipv4   = "0.0.0.0/0"\n  ip_protocol = "tcp"\n  from_port   = 4000\n  to_port     = 4000'),
  },
  {
    name: 'access-range-widened',
    before: rule('cidr_ipv4   = "10.40.0.0/24"\n  ip_protocol = "tcp"\n  from_port   = 4000\n  to_port     = 4000'),
    after: rule('cidr_ipv4   = "10.40.0.0/16"\n  ip_protocol = "tcp"\n  from_port   = 4000\n  to_port     = 4010'),
  },
  {
    name: 'access-narrowed',
    before: rule('cidr_ipv4   = "0.0.0.0/0"\n  ip_protocol = "-1"'),
    after: rule('cidr_ipv4   = "10.40.0.0/16"\n  ip_protocol = "tcp"\n  from_port   = 443\n  to_port     = 443'),
  },
  {
    name: 'access-group',
    before: VPC,
    after: rule(
      'referenced_security_group_id = aws_security_group.other.id\n  ip_protocol                  = "tcp"\n  from_port                    = 5432\n  to_port                      = 5432',
    ),
  },
  {
    name: 'access-iam-actions',
    before: rolePolicy(read),
    after: rolePolicy(
      read.replace('"s3:GetObject"', '"s3:GetObject", "s3:DeleteObject"').replace('s3:::lab/*', 's3:::*'),
    ),
  },
  {
    name: 'access-iam-everything',
    before: rolePolicy(read),
    after: rolePolicy(read, '{ Effect = "Allow", Action = "*", Resource = "*" }'),
  },
  {
    name: 'access-iam-condition-gone',
    before: rolePolicy(read.replace(' }', ', Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-1" } } }')),
    after: rolePolicy(read),
  },
  {
    name: 'access-iam-deny-gone',
    before: rolePolicy(read, '{ Effect = "Deny", Action = "s3:DeleteObject", Resource = "*" }'),
    after: rolePolicy(read),
  },
  {
    name: 'access-trust-widened',
    before: role(trust(ECS)),
    after: role(trust('{ Service = "ecs-tasks.amazonaws.com", AWS = "arn:aws:iam::999999999999:root" }')),
  },
  { name: 'access-trust-anybody', before: role(trust(ECS)), after: role(trust('"*"')) },
  {
    name: 'access-administrator',
    before: role(trust(ECS)),
    after: role(
      trust(ECS),
      `resource "aws_iam_role_policy_attachment" "admin" {\n  role       = aws_iam_role.app.name\n  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n`,
    ),
  },
  {
    name: 'access-bucket-public',
    before: `resource "aws_s3_bucket" "data" {\n  bucket = "lab-data"\n}\nresource "aws_s3_bucket_public_access_block" "data" {\n  bucket                  = aws_s3_bucket.data.id\n  block_public_acls       = true\n  block_public_policy     = true\n  ignore_public_acls      = true\n  restrict_public_buckets = true\n}\n`,
    after: `resource "aws_s3_bucket" "data" {\n  bucket = "lab-data"\n}\nresource "aws_s3_bucket_public_access_block" "data" {\n  bucket                  = aws_s3_bucket.data.id\n  block_public_acls       = true\n  block_public_policy     = false\n  ignore_public_acls      = true\n  restrict_public_buckets = false\n}\nresource "aws_s3_bucket_policy" "data" {\n  bucket = aws_s3_bucket.data.id\n  policy = ${policy('{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "arn:aws:s3:::lab-data/*" }')}\n}\n`,
  },
  {
    name: 'access-block-removed',
    before: `resource "aws_s3_bucket" "data" {\n  bucket = "lab-data"\n}\nresource "aws_s3_bucket_public_access_block" "data" {\n  bucket              = aws_s3_bucket.data.id\n  block_public_policy = true\n}\n`,
    after: `resource "aws_s3_bucket" "data" {\n  bucket = "lab-data"\n}\n`,
  },
  {
    name: 'access-kms-policy',
    before: `resource "aws_kms_key" "main" {\n  policy = ${policy('{ Sid = "Root", Effect = "Allow", Principal = { AWS = "arn:aws:iam::123456789012:root" }, Action = "kms:*", Resource = "*" }')}\n}\n`,
    after: `resource "aws_kms_key" "main" {\n  policy = ${policy('{ Sid = "Root", Effect = "Allow", Principal = { AWS = "arn:aws:iam::123456789012:root" }, Action = "kms:*", Resource = "*" }', '{ Sid = "Use", Effect = "Allow", Principal = { AWS = "arn:aws:iam::999999999999:role/guest" }, Action = ["kms:Decrypt"], Resource = "*" }')}\n}\n`,
  },
  {
    name: 'access-files-policy',
    before: `resource "aws_efs_file_system" "files" {\n}\nresource "aws_efs_file_system_policy" "files" {\n  file_system_id = aws_efs_file_system.files.id\n  policy         = ${policy('{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::123456789012:role/app" }, Action = "elasticfilesystem:ClientMount" }')}\n}\n`,
    after: `resource "aws_efs_file_system" "files" {\n}\nresource "aws_efs_file_system_policy" "files" {\n  file_system_id = aws_efs_file_system.files.id\n  policy         = ${policy('{ Effect = "Allow", Principal = { AWS = "*" }, Action = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"] }')}\n}\n`,
  },
];
