import { planAddresses, type Environment } from '@loadlab/foundation';
import { LabStack, publish } from '@loadlab/foundation/stack';
import type { Construct } from 'constructs';
import { networkContract } from './contract';
import { ExistingNetwork } from './existing-network';
import { FlowLogs } from './flow-logs';
import { InterfaceEndpoints } from './interface-endpoints';
import { InternetAccess } from './internet-access';
import { Nat } from './nat';
import { ObjectStorageEndpoint } from './object-storage-endpoint';
import { SubnetTier } from './subnet-tier';
import { VirtualNetwork } from './virtual-network';
import { zoneNames } from './zones';

/** Where everything lives: a VPC with public, private and data subnets, or one that somebody else made. */
export class NetworkStack extends LabStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, 'network', environment);
    const spec = environment.network;
    if ('existing' in spec) {
      publish(this, networkContract, new ExistingNetwork(this, 'existing', spec.existing).outputs);
      return;
    }

    const vpc = new VirtualNetwork(this, 'vpc', { cidr: spec.cidr });
    const zones = zoneNames(this, 'zones', spec.availabilityZones);
    const ranges = spec.subnets ?? planAddresses(spec.cidr, spec.availabilityZones);
    const publicTier = new SubnetTier(this, 'public', { vpc, zones, ranges: ranges.public, routeTables: 'shared' });
    // A table each, so that NAT can go from one for all to one a zone without touching a subnet.
    const privateTier = new SubnetTier(this, 'private', { vpc, zones, ranges: ranges.private, routeTables: 'perZone' });
    const dataTier = new SubnetTier(this, 'data', { vpc, zones, ranges: ranges.data, routeTables: 'shared' });

    const internet = new InternetAccess(this, 'internet', { vpc, tier: publicTier });
    if (spec.nat !== 'none') new Nat(this, 'nat', { mode: spec.nat, internet, from: privateTier, in: publicTier });
    new ObjectStorageEndpoint(this, 's3', { vpc, tiers: [publicTier, privateTier, dataTier] });
    if (spec.interfaceEndpoints) new InterfaceEndpoints(this, 'endpoints', { vpc, tier: privateTier });
    if (spec.flowLogs !== 'none') new FlowLogs(this, 'flow-logs', { vpc, traffic: spec.flowLogs });

    publish(this, networkContract, {
      vpcId: vpc.id,
      vpcCidr: vpc.cidr,
      publicSubnetIds: publicTier.subnetIds,
      privateSubnetIds: privateTier.subnetIds,
      dataSubnetIds: dataTier.subnetIds,
      availabilityZones: zones,
      defaultSecurityGroupId: vpc.defaultSecurityGroupId,
    });
  }
}
