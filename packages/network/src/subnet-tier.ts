import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { physicalName } from '@loadlab/foundation';
import { LabStack } from '@loadlab/foundation/stack';
import { Construct } from 'constructs';
import type { VirtualNetwork } from './virtual-network';

/** Settings of a tier. */
export interface SubnetTierProps {
  readonly vpc: VirtualNetwork;
  readonly zones: readonly string[];
  /** IPv4 ranges, one a zone. */
  readonly ranges: readonly string[];
  /** One route table for all zones, or one each. */
  readonly routeTables: 'shared' | 'perZone';
}

/** One subnet a zone, and the route tables that decide what they reach: nothing but the VPC, to begin with. */
export class SubnetTier extends Construct {
  readonly subnetIds: string[];
  readonly routeTableIds: readonly string[];

  constructor(scope: Construct, id: string, props: SubnetTierProps) {
    super(scope, id);
    const { vpc, zones, ranges, routeTables } = props;
    const { environment } = LabStack.of(this);
    const named = (suffix: string) => ({ Name: physicalName(environment, `${id}${suffix}`) });

    const tables = Array.from({ length: routeTables === 'shared' ? 1 : zones.length }, (_, index) => {
      const suffix = routeTables === 'shared' ? '' : `-${index}`;
      return new RouteTable(this, `routes${suffix}`, { vpcId: vpc.id, tags: named(suffix) });
    });
    const subnets = zones.map(
      (availabilityZone, index) =>
        new Subnet(this, `subnet-${index}`, {
          vpcId: vpc.id,
          availabilityZone,
          cidrBlock: rangeOf(ranges, index),
          // What needs a public address (a load balancer, NAT) asks for one; nothing gets one by being put here.
          mapPublicIpOnLaunch: false,
          tags: named(`-${index}`),
          // A zone that AWS adds to the region would shift the list, and move subnets with all that is in them.
          lifecycle: { ignoreChanges: ['availability_zone'] },
          // Lambda gives its network interfaces back up to 45 minutes after its last function is gone.
          timeouts: { delete: '60m' },
        }),
    );
    subnets.forEach((subnet, index) => {
      const table = tables[index % tables.length];
      if (table !== undefined) {
        new RouteTableAssociation(this, `routing-${index}`, { subnetId: subnet.id, routeTableId: table.id });
      }
    });
    this.subnetIds = subnets.map((subnet) => subnet.id);
    this.routeTableIds = tables.map((table) => table.id);
  }
}

function rangeOf(ranges: readonly string[], zone: number): string {
  const range = ranges[zone];
  if (range === undefined) throw new Error(`no range for zone ${zone}: the environment's rules ask for one each`);
  return range;
}
