import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { physicalName } from '@loadlab/foundation';
import { LabStack } from '@loadlab/foundation/stack';
import { Construct } from 'constructs';
import type { SubnetTier } from './subnet-tier';
import type { VirtualNetwork } from './virtual-network';

/** Who reaches S3 this way. */
export interface ObjectStorageEndpointProps {
  readonly vpc: VirtualNetwork;
  readonly tiers: readonly SubnetTier[];
}

/** S3 without NAT: image layers come from there, and records go there. A gateway endpoint costs nothing, so there always is one. */
export class ObjectStorageEndpoint extends Construct {
  constructor(scope: Construct, id: string, props: ObjectStorageEndpointProps) {
    super(scope, id);
    const { environment } = LabStack.of(this);
    new VpcEndpoint(this, 'Resource', {
      vpcId: props.vpc.id,
      vpcEndpointType: 'Gateway',
      serviceName: `com.amazonaws.${environment.region}.s3`,
      routeTableIds: props.tiers.flatMap((tier) => tier.routeTableIds),
      tags: { Name: physicalName(environment, 's3') },
    });
  }
}
