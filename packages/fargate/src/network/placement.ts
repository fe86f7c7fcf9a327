import { elementsOf } from '@loadlab/foundation/stack';
import type { Construct } from 'constructs';
import { labStackOf } from '../stack-facts';

/** Where things run: what the network's contract says of it (`consume(this, networkContract)`). */
export interface Network {
  readonly vpcId: string;
  /** IPv4 range of the VPC. */
  readonly vpcCidr: string;
  /** One a zone. */
  readonly publicSubnetIds: readonly string[];
  /** One a zone. */
  readonly privateSubnetIds: readonly string[];
}

/** The private subnets, one token each: one a zone. */
export function privateSubnets(scope: Construct, network: Network): string[] {
  const { network: chosen } = labStackOf(scope).environment;
  const count = 'existing' in chosen ? chosen.existing.privateSubnetIds.length : chosen.availabilityZones;
  return elementsOf(network.privateSubnetIds, count);
}

/** The public subnets, one token each: one a zone. */
export function publicSubnets(scope: Construct, network: Network): string[] {
  const { network: chosen } = labStackOf(scope).environment;
  const count = 'existing' in chosen ? chosen.existing.publicSubnetIds.length : chosen.availabilityZones;
  return elementsOf(network.publicSubnetIds, count);
}
