import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { physicalName } from '@loadlab/foundation';
import { LabStack } from '@loadlab/foundation/stack';
import { Construct } from 'constructs';
import type { SubnetTier } from './subnet-tier';
import type { VirtualNetwork } from './virtual-network';

/** What a task on Fargate calls before its container runs (image, secrets, log stream), and what our own code calls. */
const SERVICES = ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'ssm'] as const;

/** Where the endpoints stand. */
export interface InterfaceEndpointsProps {
  readonly vpc: VirtualNetwork;
  readonly tier: SubnetTier;
}

/** AWS services inside the VPC, under their usual names: a choice for security (about 0.01 USD an hour, service and zone). */
export class InterfaceEndpoints extends Construct {
  constructor(scope: Construct, id: string, props: InterfaceEndpointsProps) {
    super(scope, id);
    const { environment } = LabStack.of(this);
    const group = new SecurityGroup(this, 'group', {
      name: physicalName(environment, 'endpoints'),
      description: 'AWS services inside the VPC',
      vpcId: props.vpc.id,
    });
    new VpcSecurityGroupIngressRule(this, 'https', {
      securityGroupId: group.id,
      description: 'HTTPS from anything in the VPC',
      cidrIpv4: props.vpc.cidr,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
    });
    for (const service of SERVICES) {
      new VpcEndpoint(this, service.replace('.', '-'), {
        vpcId: props.vpc.id,
        vpcEndpointType: 'Interface',
        serviceName: `com.amazonaws.${environment.region}.${service}`,
        subnetIds: props.tier.subnetIds,
        securityGroupIds: [group.id],
        privateDnsEnabled: true,
        tags: { Name: physicalName(environment, service) },
      });
    }
  }
}
