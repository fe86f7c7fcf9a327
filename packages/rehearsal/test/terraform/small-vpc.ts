import type { Configuration } from './terraform-folder';

/** A VPC with two subnets, a security group and a rule: small, and with references that make an order. */
export function smallVpc(more: { readonly vpc?: Configuration; readonly subnet?: Configuration } = {}): Configuration {
  return {
    resource: {
      aws_vpc: { main: { cidr_block: '10.40.0.0/16', ...more.vpc } },
      aws_subnet: {
        a: {
          vpc_id: '${aws_vpc.main.id}',
          cidr_block: '10.40.0.0/24',
          availability_zone: 'us-east-1a',
          ...more.subnet,
        },
        b: { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.40.1.0/24', availability_zone: 'us-east-1b' },
      },
      aws_security_group: { members: { vpc_id: '${aws_vpc.main.id}', name: 'members' } },
      aws_vpc_security_group_egress_rule: {
        out: { security_group_id: '${aws_security_group.members.id}', ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0' },
      },
    },
    output: { subnets: { value: ['${aws_subnet.a.id}', '${aws_subnet.b.id}'] } },
  };
}
