import type { PlanCase } from '../plan-case';

const database = (body: string): string => `resource "aws_db_instance" "main" {
  identifier        = "lab"
  engine            = "postgres"
  engine_version    = "16"
  username          = "lab"
  password_wo         = "irrelevant-here"
  password_wo_version = 1
  allocated_storage = 50
  ${body}
}
`;
const parameters = (connections: number): string => `resource "aws_db_parameter_group" "main" {
  family = "postgres16"
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
  parameter {
    name         = "max_connections"
    value        = "${connections}"
    apply_method = "pending-reboot"
  }
}
`;
const vpc = (team: string): string =>
  `resource "aws_vpc" "main" {\n  cidr_block = "10.40.0.0/16"\n  tags       = { team = "${team}" }\n}\n`;
const service = (tasks: number, cpu: number, memory: number, more = ''): string => `
resource "aws_vpc" "main" {
  cidr_block = "10.40.0.0/16"
}
resource "aws_subnet" "app" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.40.0.0/24"
}
resource "aws_ecs_cluster" "main" {
  name = "lab"
}
resource "aws_iam_role" "execution" {
  name               = "execution"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}
resource "aws_ecs_task_definition" "app" {
  family                   = "app"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = ${cpu}
  memory                   = ${memory}
  execution_role_arn       = aws_iam_role.execution.arn
  container_definitions    = jsonencode([{ name = "app", image = "public.ecr.aws/docker/library/node:20", essential = true }])
}
resource "aws_ecs_service" "app" {
  name            = "app"
  cluster         = aws_ecs_cluster.main.arn
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = ${tasks}
  launch_type     = "FARGATE"
  network_configuration {
    subnets = [aws_subnet.app.id]
  }
  ${more}
}
`;
/** As a stack writes it of which autoscaling owns the number of tasks. */
const SCALED = `tags = { team = "a" }
  lifecycle {
    ignore_changes = [desired_count]
  }`;
const facts = (tasks: number, expiresAt: string): string => `
resource "terraform_data" "gateway" {
  input = ${tasks}
}
output "reviewFacts" {
  value = [
    { subject = "database connections", amount = ${tasks * 40}, peak = ${tasks * 80}, limit = 450, how = "${tasks} tasks x 4 workers x 10", beyond = "tasks that start cannot connect" },
    { subject = "Fargate vCPU", amount = ${tasks * 4}, peak = ${tasks * 8} },
    { subject = "the environment", expiresAt = "${expiresAt}" },
  ]
}
`;

/** What stacks of the lab's kind do: services, databases, outputs that others read, facts for reviewers. */
export const stackCases: readonly PlanCase[] = [
  {
    name: 'database-replaced',
    before: database(
      'instance_class = "db.t4g.medium"\n  availability_zone = "us-east-1a"\n  skip_final_snapshot = true',
    ),
    after: database(
      'instance_class = "db.t4g.medium"\n  availability_zone = "us-east-1b"\n  skip_final_snapshot = true',
    ),
  },
  {
    name: 'database-unprotected',
    before: database(
      'instance_class = "db.t4g.medium"\n  deletion_protection = true\n  final_snapshot_identifier = "last"',
    ),
    after: database(
      'instance_class = "db.m7g.large"\n  deletion_protection = false\n  final_snapshot_identifier = "last"\n  publicly_accessible = true',
    ),
  },
  {
    name: 'drift-ignored',
    before: service(2, 1024, 2048, SCALED),
    after: service(2, 1024, 2048, SCALED),
    meddle: [[/"desired_count": 2/, '"desired_count": 5']],
  },
  {
    name: 'drift-ignored-in-part',
    before: service(2, 1024, 2048, SCALED),
    after: service(2, 1024, 2048, SCALED),
    meddle: [
      [/"desired_count": 2/, '"desired_count": 5'],
      [/"team": "a"/g, '"team": "by hand"'],
    ],
  },
  {
    name: 'drift-adopted',
    before: vpc('a'),
    after: vpc('by hand'),
    meddle: [[/"team": "a"/g, '"team": "by hand"']],
  },
  {
    name: 'database-restarted',
    before: `${database('instance_class = "db.t4g.medium"\n  apply_immediately = true\n  skip_final_snapshot = true')}${parameters(100)}`,
    after: `${database('instance_class = "db.m7g.large"\n  apply_immediately = true\n  skip_final_snapshot = true')}${parameters(200)}`,
  },
  { name: 'service-scaled', before: service(2, 1024, 2048), after: service(4, 2048, 4096) },
  {
    name: 'facts-unchanged',
    before: facts(4, '2031-01-02T12:00:00Z'),
    after: `${facts(4, '2031-01-02T12:00:00Z')}resource "terraform_data" "other" {\n}\n`,
  },
  { name: 'facts-first', after: facts(4, '2031-01-02T12:00:00Z') },
  { name: 'facts-over-budget', before: facts(4, '2031-01-02T12:00:00Z'), after: facts(8, '2030-12-02T12:00:00Z') },
  {
    name: 'reads-other-stack',
    before: `output "vpcId" {\n  value = "vpc-1"\n}\n`,
    after: `
data "terraform_remote_state" "network" {
  backend = "local"
  config  = { path = "terraform.tfstate" }
}
resource "terraform_data" "reader" {
  input = data.terraform_remote_state.network.outputs.vpcId
}
output "vpcId" {
  value = "vpc-2"
}
`,
  },
];
