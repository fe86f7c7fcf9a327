import type { PlanCase } from '../plan-case';

const data = (name: string, body = 'input = "a"'): string => `resource "terraform_data" "${name}" {\n  ${body}\n}\n`;
const vpc = (more = ''): string => `resource "aws_vpc" "main" {\n  cidr_block = "10.40.0.0/16"\n  ${more}\n}\n`;

/** Each kind of action, and each reason that Terraform gives for one. */
export const actionCases: readonly PlanCase[] = [
  { name: 'create', after: `${vpc()}${data('note')}` },
  { name: 'no-changes', before: data('note'), after: data('note') },
  { name: 'update-in-place', before: vpc(), after: vpc('enable_dns_hostnames = true') },
  { name: 'tags-only', before: vpc('tags = { team = "a" }'), after: vpc('tags = { team = "b" }') },
  { name: 'delete-not-configured', before: `${vpc()}${data('note')}`, after: data('note') },
  {
    name: 'destroy-everything',
    before: `${vpc()}${data('note')}`,
    after: `${vpc()}${data('note')}`,
    arguments: ['-destroy'],
  },
  {
    name: 'replace-cannot-update',
    before: `${vpc()}resource "aws_subnet" "app" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.40.0.0/24"
  availability_zone = "us-east-1a"
}
`,
    after: `${vpc()}resource "aws_subnet" "app" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.40.1.0/24"
  availability_zone = "us-east-1b"
}
`,
  },
  {
    name: 'replace-create-before-destroy',
    before: data('note', 'triggers_replace = "1"\n  lifecycle {\n    create_before_destroy = true\n  }'),
    after: data('note', 'triggers_replace = "2"\n  lifecycle {\n    create_before_destroy = true\n  }'),
  },
  {
    name: 'replace-by-request',
    before: data('note'),
    after: data('note'),
    arguments: ['-replace=terraform_data.note'],
  },
  { name: 'replace-tainted', before: data('note'), after: data('note'), between: [['taint', 'terraform_data.note']] },
  {
    name: 'replace-by-triggers',
    before: `${data('source')}${data('follower', 'lifecycle {\n    replace_triggered_by = [terraform_data.source]\n  }')}`,
    after: `${data('source', 'input = "b"')}${data('follower', 'lifecycle {\n    replace_triggered_by = [terraform_data.source]\n  }')}`,
  },
  {
    name: 'delete-deposed',
    before: `${vpc()}resource "aws_subnet" "app" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.40.0.0/24"
  lifecycle {
    create_before_destroy = true
  }
}
`,
    after: `${vpc()}resource "aws_subnet" "app" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.40.1.0/24"
  lifecycle {
    create_before_destroy = true
  }
}
`,
    faults: ['aws_subnet:delete:fail'],
  },
  {
    name: 'delete-count-smaller',
    before: data('note', 'count = 3\n  input = count.index'),
    after: data('note', 'count = 2\n  input = count.index'),
  },
  {
    name: 'delete-key-left',
    before: data('note', 'for_each = toset(["a", "b.c", "d"])\n  input    = each.key'),
    after: data('note', 'for_each = toset(["a", "d"])\n  input    = each.key'),
  },
  {
    name: 'delete-repetition-changed',
    before: data('note', 'count = 2'),
    after: data('note', 'for_each = toset(["a"])'),
  },
  {
    name: 'read-during-apply',
    before: data('note'),
    after: `${data('note')}${data('other', 'input = "b"')}
data "aws_caller_identity" "who" {
  depends_on = [terraform_data.other]
}
output "who" {
  value = data.aws_caller_identity.who.account_id
}
`,
  },
  {
    name: 'move',
    before: vpc(),
    after: `${vpc().replace('"main"', '"hub"')}moved {\n  from = aws_vpc.main\n  to   = aws_vpc.hub\n}\n`,
  },
  {
    name: 'move-and-update',
    before: vpc(),
    after: `${vpc('enable_dns_hostnames = true').replace('"main"', '"hub"')}moved {\n  from = aws_vpc.main\n  to   = aws_vpc.hub\n}\n`,
  },
  {
    name: 'move-count-to-keys',
    before: data('note', 'count = 2'),
    after: `${data('note', 'for_each = toset(["x", "y"])')}
moved {
  from = terraform_data.note[0]
  to   = terraform_data.note["x"]
}
moved {
  from = terraform_data.note[1]
  to   = terraform_data.note["y"]
}
`,
  },
  {
    name: 'import',
    before: `resource "aws_cloudwatch_log_group" "old" {\n  name = "lab"\n}\n`,
    after: `resource "aws_cloudwatch_log_group" "kept" {\n  name = "lab"\n}\nimport {\n  to = aws_cloudwatch_log_group.kept\n  id = "lab"\n}\n`,
    between: [['state', 'rm', 'aws_cloudwatch_log_group.old']],
  },
  {
    name: 'import-and-update',
    before: `resource "aws_cloudwatch_log_group" "old" {\n  name = "lab"\n}\n`,
    after: `resource "aws_cloudwatch_log_group" "kept" {\n  name              = "lab"\n  retention_in_days = 7\n}\nimport {\n  to = aws_cloudwatch_log_group.kept\n  id = "lab"\n}\n`,
    between: [['state', 'rm', 'aws_cloudwatch_log_group.old']],
  },
  {
    name: 'forget',
    before: `${vpc()}${data('note')}`,
    after: `${data('note')}removed {\n  from = aws_vpc.main\n  lifecycle {\n    destroy = false\n  }\n}\n`,
  },
  {
    name: 'drift-and-intent',
    before: `${vpc('tags = { team = "a" }')}${data('note')}`,
    after: `${vpc('tags = { team = "a" }')}${data('note', 'input = "b"')}output "vpc" {\n  value = aws_vpc.main.tags\n}\n`,
    meddle: [[/"team": "a"/g, '"team": "by hand"']],
  },
  {
    name: 'drift-refresh-only',
    before: vpc('enable_dns_support = true'),
    after: vpc('enable_dns_support = true'),
    meddle: [[/"enable_dns_support": true/, '"enable_dns_support": false']],
    arguments: ['-refresh-only'],
  },
  { name: 'drift-deleted', before: vpc(), after: vpc(), meddle: [[/"resources": \[[\s\S]*\]/, '"resources": []']] },
  {
    name: 'incomplete-target',
    after: `${data('wanted')}${data('left-out')}`,
    arguments: ['-target=terraform_data.wanted'],
  },
  {
    name: 'checks',
    before: data('note'),
    after: `${data('note', 'input = "b"\n  lifecycle {\n    postcondition {\n      condition     = self.output == "b"\n      error_message = "The note is not b."\n    }\n  }')}
check "sound" {
  assert {
    condition     = terraform_data.note.input == "c"
    error_message = "The note is not c."
  }
}
`,
  },
];
