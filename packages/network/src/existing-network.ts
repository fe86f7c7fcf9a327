import { DataAwsSecurityGroup } from '@cdktf/provider-aws/lib/data-aws-security-group';
import { DataAwsSubnet } from '@cdktf/provider-aws/lib/data-aws-subnet';
import { DataAwsVpc } from '@cdktf/provider-aws/lib/data-aws-vpc';
import type { EnvironmentFile } from '@loadlab/foundation';
import type { Outputs } from '@loadlab/foundation/stack';
import { Construct } from 'constructs';
import type { networkContract } from './contract';

/** The ids of a network that somebody else made. */
export type ExistingNetworkProps = Extract<EnvironmentFile['network'], { existing: unknown }>['existing'];

/** A network that somebody else made: nothing is changed, but what the lab needs of it is checked before anything is built on it. */
export class ExistingNetwork extends Construct {
  readonly outputs: Outputs<typeof networkContract>;

  constructor(scope: Construct, id: string, props: ExistingNetworkProps) {
    super(scope, id);
    const vpc = new DataAwsVpc(this, 'vpc', {
      id: props.vpcId,
      lifecycle: {
        postcondition: [
          {
            condition: '${self.enable_dns_support && self.enable_dns_hostnames}',
            errorMessage: `${props.vpcId} needs DNS support and DNS hostnames: tasks find EFS by a name that only its own DNS knows.`,
          },
        ],
      },
    });
    const subnets = props.privateSubnetIds.map((subnetId, index) =>
      this.#subnet(`private-${index}`, subnetId, props.vpcId),
    );
    props.publicSubnetIds.forEach((subnetId, index) => this.#subnet(`public-${index}`, subnetId, props.vpcId));
    props.dataSubnetIds.forEach((subnetId, index) => this.#subnet(`data-${index}`, subnetId, props.vpcId));
    const defaultGroup = new DataAwsSecurityGroup(this, 'default-group', { vpcId: vpc.id, name: 'default' });

    this.outputs = {
      vpcId: vpc.id,
      vpcCidr: vpc.cidrBlock,
      publicSubnetIds: props.publicSubnetIds,
      privateSubnetIds: props.privateSubnetIds,
      dataSubnetIds: props.dataSubnetIds.length > 0 ? props.dataSubnetIds : props.privateSubnetIds,
      availabilityZones: subnets.map((subnet) => subnet.availabilityZone),
      defaultSecurityGroupId: defaultGroup.id,
    };
  }

  #subnet(id: string, subnetId: string, vpcId: string): DataAwsSubnet {
    return new DataAwsSubnet(this, id, {
      id: subnetId,
      lifecycle: {
        postcondition: [
          { condition: `\${self.vpc_id == "${vpcId}"}`, errorMessage: `${subnetId} is not in ${vpcId}.` },
        ],
      },
    });
  }
}
