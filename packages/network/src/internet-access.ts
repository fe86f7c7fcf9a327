import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { namePrefix } from '@loadlab/foundation';
import { LabStack } from '@loadlab/foundation/stack';
import { Construct } from 'constructs';
import type { SubnetTier } from './subnet-tier';
import type { VirtualNetwork } from './virtual-network';

/** Which tier the internet reaches. */
export interface InternetAccessProps {
  readonly vpc: VirtualNetwork;
  readonly tier: SubnetTier;
}

/** An internet gateway, and the route to it of the one tier that has public addresses. */
export class InternetAccess extends Construct {
  readonly gateway: InternetGateway;

  constructor(scope: Construct, id: string, props: InternetAccessProps) {
    super(scope, id);
    this.gateway = new InternetGateway(this, 'Resource', {
      vpcId: props.vpc.id,
      tags: { Name: namePrefix(LabStack.of(this).environment) },
    });
    props.tier.routeTableIds.forEach((routeTableId, index) => {
      new Route(this, `route-${index}`, {
        routeTableId,
        destinationCidrBlock: '0.0.0.0/0',
        gatewayId: this.gateway.id,
      });
    });
  }
}
