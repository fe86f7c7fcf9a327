import { defineContract } from '@loadlab/foundation';
import { z } from 'zod';

const subnetIds = z.array(z.string().startsWith('subnet-'));

/** What others may read of the network. One subnet a zone in each tier, in the order of `availabilityZones`. */
export const networkContract = defineContract(
  'network',
  z.object({
    vpcId: z.string().startsWith('vpc-').describe('The VPC'),
    vpcCidr: z.string().describe('Its IPv4 range'),
    publicSubnetIds: subnetIds.describe('Reached from the internet: load balancers only'),
    privateSubnetIds: subnetIds.describe('Reach the internet through NAT, if there is one: tasks'),
    dataSubnetIds: subnetIds.describe('Without any way to the internet: databases'),
    availabilityZones: z.array(z.string()).describe('Names of the zones'),
    defaultSecurityGroupId: z.string().describe('The default security group, without rules; empty when unknown'),
  }),
);
