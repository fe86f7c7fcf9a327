import type { Values } from '../../src/protocol/value';
import type { DirectProvider } from './direct-provider';

/** A VPC with two private subnets in two zones, the ground for most tests. */
export interface SmallNetwork {
  readonly vpc: Values;
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly groupId: string;
}

export async function smallNetwork(aws: DirectProvider): Promise<SmallNetwork> {
  const vpc = await aws.make('aws_vpc', { cidr_block: '10.40.0.0/16', enable_dns_hostnames: true });
  const vpcId = idOf(vpc);
  const subnets = [];
  for (const [index, zone] of ['us-east-1a', 'us-east-1b'].entries())
    subnets.push(
      await aws.make('aws_subnet', { vpc_id: vpcId, cidr_block: `10.40.${index}.0/24`, availability_zone: zone }),
    );
  const group = await aws.make('aws_security_group', { vpc_id: vpcId, name: 'members' });
  return { vpc, vpcId, subnetIds: subnets.map(idOf), groupId: idOf(group) };
}

/** A text of a state that must be there. */
export function textOf(state: Values, name: string): string {
  const value = state[name];
  if (typeof value !== 'string') throw new Error(`${name} is no text`);
  return value;
}

export function idOf(state: Values): string {
  return textOf(state, 'id');
}

/** A role that a service of AWS may take on. */
export async function roleFor(aws: DirectProvider, name: string, service: string): Promise<Values> {
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  };
  return aws.make('aws_iam_role', { name, assume_role_policy: JSON.stringify(trust) });
}
