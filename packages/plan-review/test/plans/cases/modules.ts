import type { PlanCase } from '../plan-case';

const SHELF = `
variable "vpc_id" {
  type = string
}
variable "name" {
  type = string
}
resource "aws_security_group" "members" {
  name   = var.name
  vpc_id = var.vpc_id
}
resource "terraform_data" "inside" {
  count = 2
  input = "\${aws_security_group.members.id}-\${count.index}"
}
output "group" {
  value = aws_security_group.members.id
}
`;
const CABINET = `
variable "vpc_id" {
  type = string
}
module "shelf" {
  source   = "../shelf"
  for_each = toset(["top", "low.est"])
  vpc_id   = var.vpc_id
  name     = "shelf-\${each.key}"
}
output "groups" {
  value = [for shelf in module.shelf : shelf.group]
}
`;
const files = { 'modules/shelf/main.tf': SHELF, 'modules/cabinet/main.tf': CABINET };
const root = (cidr: string): string => `
resource "aws_vpc" "main" {
  cidr_block = "${cidr}"
}
module "cabinet" {
  source = "./modules/cabinet"
  vpc_id = aws_vpc.main.id
}
resource "terraform_data" "reader" {
  input = module.cabinet.groups
}
`;

/** Modules in modules, with keys: what cdktf never makes, and every other project has. */
export const moduleCases: readonly PlanCase[] = [
  { name: 'modules-create', files, after: root('10.40.0.0/16') },
  { name: 'modules-felt-through', files, before: root('10.40.0.0/16'), after: root('10.41.0.0/16') },
  {
    name: 'modules-gone',
    files,
    before: root('10.40.0.0/16'),
    after: `resource "aws_vpc" "main" {\n  cidr_block = "10.40.0.0/16"\n}\n`,
  },
  {
    name: 'modules-moved-into',
    files,
    before: `
resource "aws_vpc" "main" {
  cidr_block = "10.40.0.0/16"
}
resource "aws_security_group" "members" {
  name   = "shelf-one"
  vpc_id = aws_vpc.main.id
}
`,
    after: `
resource "aws_vpc" "main" {
  cidr_block = "10.40.0.0/16"
}
module "shelf" {
  source = "./modules/shelf"
  vpc_id = aws_vpc.main.id
  name   = "shelf-one"
}
moved {
  from = aws_security_group.members
  to   = module.shelf.aws_security_group.members
}
`,
  },
];
