import type { AwsError } from './aws-error';
import type { Reference } from './resource-type';

/** Managed and default security groups alike. */
const SECURITY_GROUPS = ['aws_security_group', 'aws_default_security_group'];

/** Lives in a VPC, which cannot go before it. */
export function toVpc(attribute = 'vpc_id'): Reference {
  return { attribute, to: 'aws_vpc', blocks: true };
}

/** Has network interfaces in subnets, which cannot go before it. */
export function toSubnets(attribute: string): Reference {
  return { attribute, to: 'aws_subnet', blocks: true };
}

/** Has network interfaces with security groups, which cannot go before it. */
export function toSecurityGroups(attribute: string): Reference {
  return { attribute, to: SECURITY_GROUPS, blocks: true };
}

/** Acts as a role, named by its ARN; a role may go before those that act as it. */
export function toRole(attribute: string, missing: (arn: string) => AwsError): Reference {
  return { attribute, to: 'aws_iam_role', missing };
}
