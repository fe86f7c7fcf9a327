import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { physicalName } from '@loadlab/foundation';
import { LabStack, type Outputs } from '@loadlab/foundation/stack';
import type { networkContract } from '@loadlab/network/contract';
import { Construct } from 'constructs';

/** Which network. */
export interface PlacementProps {
  readonly network: Pick<Outputs<typeof networkContract>, 'vpcId' | 'dataSubnetIds'>;
}

/** Where the server stands: subnets without a way to the internet, behind a group that lets nobody in and nothing out. */
export class Placement extends Construct {
  readonly subnetGroupName: string;
  /** Whoever needs the database adds a rule of their own. */
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: PlacementProps) {
    super(scope, id);
    const { environment } = LabStack.of(this);
    const subnets = new DbSubnetGroup(this, 'subnets', {
      name: physicalName(environment, 'database'),
      description: 'Subnets of the database',
      subnetIds: props.network.dataSubnetIds,
    });
    const group = new SecurityGroup(this, 'group', {
      name: physicalName(environment, 'database'),
      description: 'The database: rules come from whoever reaches it',
      vpcId: props.network.vpcId,
    });
    this.subnetGroupName = subnets.name;
    this.securityGroupId = group.id;
  }
}
