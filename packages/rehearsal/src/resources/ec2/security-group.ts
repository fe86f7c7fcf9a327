import { AwsError } from '../aws-error';
import { attributesOf } from '../../protocol/attributes';
import { nameFrom } from '../naming';
import type { ResourceType } from '../resource-type';
import { toVpc } from '../reference-to';
import { ec2, unknownId } from './ec2';
import type { Scene } from '../scene';

const inUse = ({ id }: { readonly id: string }): AwsError =>
  new AwsError('DependencyViolation', `resource ${id} has a dependent object`);
const notFound = unknownId('InvalidGroup', 'security group');

/** A security group. Its own rules go with it; groups, rules and interfaces that name it keep it. */
export const securityGroup: ResourceType = {
  type: 'aws_security_group',
  label: 'EC2 Security Group',
  api: ec2('CreateSecurityGroup', 'DeleteSecurityGroup', 'AuthorizeSecurityGroupIngress'),
  source: 'internal/service/ec2/vpc_security_group.go',
  forceNew: ['name', 'name_prefix', 'description', 'vpc_id'],
  defaults: { description: 'Managed by Terraform', revoke_rules_on_delete: false },
  onlyInState: ['revoke_rules_on_delete'],
  references: [toVpc()],
  notFound,
  inUse,
  unique: [
    {
      of: (values) => [values.text('vpc_id'), values.text('name')],
      taken: (values) =>
        new AwsError(
          'InvalidGroup.Duplicate',
          `The security group '${values.text('name')}' already exists for VPC '${values.text('vpc_id')}'`,
        ),
    },
  ],
  validate: (config) =>
    config.text('name').startsWith('sg-')
      ? [{ path: 'name', summary: 'invalid value for name (cannot begin with sg-)' }]
      : [],
  create: ({ planned, scene }) => {
    const { computed } = nameFrom(planned, scene);
    const id = scene.id('sg');
    return { id, ...computed, arn: scene.arn('ec2', `security-group/${id}`), owner_id: scene.account.accountId };
  },
  remove: ({ current, scene }) => removeRules(scene, current.id),
};

/** The group that every VPC has. Terraform adopts it and, on destroy, lets go of it; it lives as long as the VPC. */
export const defaultSecurityGroup: ResourceType = {
  type: 'aws_default_security_group',
  label: 'EC2 Default Security Group',
  api: ec2('DescribeSecurityGroups', 'DescribeSecurityGroups', 'RevokeSecurityGroupIngress'),
  source: 'internal/service/ec2/vpc_default_security_group.go',
  forceNew: ['vpc_id'],
  defaults: { revoke_rules_on_delete: false },
  onlyInState: ['revoke_rules_on_delete'],
  references: [{ attribute: 'vpc_id', to: 'aws_vpc' }],
  notFound,
  keepOnDelete: () => true,
  create: ({ planned, scene }) => {
    const vpc = scene.account.find('aws_vpc', planned.text('vpc_id'));
    const id = vpc === undefined ? '' : attributesOf(vpc).text('default_security_group_id');
    // The provider empties the group first, so that exactly the configured rules are left.
    const rules = { ingress: planned.known('ingress') ?? [], egress: planned.known('egress') ?? [] };
    return { id, ...defaultGroup(scene, planned.text('vpc_id'), id), ...rules };
  },
};

/** What a VPC's default group is before anybody adopts it: everything among its members, and everything out. */
export function defaultGroup(scene: Scene, vpcId: string, id: string): Record<string, string> {
  return {
    arn: scene.arn('ec2', `security-group/${id}`),
    description: 'default VPC security group',
    name: 'default',
    owner_id: scene.account.accountId,
    vpc_id: vpcId,
  };
}

function removeRules(scene: Scene, groupId: string): void {
  for (const type of ['aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'])
    for (const rule of scene.account.ofType(type))
      if (attributesOf(rule).text('security_group_id') === groupId) scene.account.remove(rule);
}
