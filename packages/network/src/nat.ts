import { Eip } from '@cdktf/provider-aws/lib/eip';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { physicalName } from '@loadlab/foundation';
import { LabStack } from '@loadlab/foundation/stack';
import { Construct } from 'constructs';
import type { InternetAccess } from './internet-access';
import type { SubnetTier } from './subnet-tier';

/** Settings of the way out. */
export interface NatProps {
  /** One gateway for all zones (its zone's failure cuts all off), or one each. */
  readonly mode: 'single' | 'perZone';
  readonly internet: InternetAccess;
  /** Whose way out it is: a tier with a route table a zone. */
  readonly from: SubnetTier;
  /** Where the gateways stand: a tier that reaches the internet. */
  readonly in: SubnetTier;
}

/** The private tier's way out to the internet, one direction only. */
export class Nat extends Construct {
  constructor(scope: Construct, id: string, props: NatProps) {
    super(scope, id);
    const { environment } = LabStack.of(this);
    const places = props.mode === 'single' ? props.in.subnetIds.slice(0, 1) : props.in.subnetIds;
    const gateways = places.map((subnetId, index) => {
      const tags = { Name: physicalName(environment, `nat-${index}`) };
      const address = new Eip(this, `address-${index}`, { domain: 'vpc', tags });
      return new NatGateway(this, `gateway-${index}`, {
        allocationId: address.allocationId,
        subnetId,
        tags,
        // Without it, AWS makes a gateway that reaches nothing, and Terraform sees no edge between the two.
        dependsOn: [props.internet.gateway],
      });
    });
    props.from.routeTableIds.forEach((routeTableId, index) => {
      const gateway = gateways[index % gateways.length];
      if (gateway === undefined) return;
      new Route(this, `route-${index}`, { routeTableId, destinationCidrBlock: '0.0.0.0/0', natGatewayId: gateway.id });
    });
  }
}
