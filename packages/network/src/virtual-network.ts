import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { namePrefix } from '@loadlab/foundation';
import { LabStack } from '@loadlab/foundation/stack';
import { Construct } from 'constructs';

/** Settings of a VPC. */
export interface VirtualNetworkProps {
  /** IPv4 range, /16 to /22. */
  readonly cidr: string;
}

/** A VPC whose default security group lets nothing through. */
export class VirtualNetwork extends Construct {
  readonly id: string;
  readonly cidr: string;
  readonly defaultSecurityGroupId: string;

  constructor(scope: Construct, id: string, props: VirtualNetworkProps) {
    super(scope, id);
    const tags = { Name: namePrefix(LabStack.of(this).environment) };
    const vpc = new Vpc(this, 'Resource', {
      cidrBlock: props.cidr,
      // Tasks find EFS and interface endpoints by names that only the VPC's own DNS knows.
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags,
    });
    // Whatever is launched without a group gets this one. Taken over without rules, it has none.
    const defaultGroup = new DefaultSecurityGroup(this, 'default-group', { vpcId: vpc.id, tags });
    this.id = vpc.id;
    this.cidr = vpc.cidrBlock;
    this.defaultSecurityGroupId = defaultGroup.id;
  }
}
