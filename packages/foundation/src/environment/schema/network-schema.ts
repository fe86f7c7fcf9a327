import { z } from 'zod';
import { ipv4Range, text } from './words';

const subnetId = text('a subnet id such as subnet-0123456789abcdef0', /^subnet-[0-9a-f]{8,17}$/);

const existing = z.strictObject(
  {
    existing: z
      .strictObject({
        vpcId: text('a VPC id such as vpc-0123456789abcdef0', /^vpc-[0-9a-f]{8,17}$/),
        publicSubnetIds: z.array(subnetId).default([]).describe('For public load balancers'),
        privateSubnetIds: z
          .array(subnetId)
          .min(2, { error: 'needs two subnets, in two zones: a load balancer does' })
          .describe('For tasks'),
        dataSubnetIds: z.array(subnetId).default([]).describe('For the database; the private ones when empty'),
      })
      .describe('A network that somebody else made'),
  },
  {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? 'has no meaning beside existing: that network is as it is' : undefined,
  },
);

const zones = z
  .number()
  .int()
  .min(2, { error: ({ input }) => `${String(input)} is too few: a load balancer and a standby database need 2 zones` })
  .max(3, { error: ({ input }) => `${String(input)} is too many: at most 3` });

const managed = z.strictObject({
  cidr: ipv4Range.default('10.40.0.0/16').describe('Range of the VPC, /16 to /22'),
  availabilityZones: zones.default(2).describe('How many zones'),
  subnets: z
    .strictObject({ public: z.array(ipv4Range), private: z.array(ipv4Range), data: z.array(ipv4Range) })
    .exactOptional()
    .describe('One range a zone and tier; cut out of cidr when absent'),
  nat: z
    .enum(['single', 'perZone', 'none'])
    .default('single')
    .describe('Way out of the private subnets: one for all zones, one each, or none at all'),
  interfaceEndpoints: z
    .boolean()
    .default(false)
    .describe(
      'Reach ECR, CloudWatch Logs, Secrets Manager and SSM inside the VPC (0.01 USD an hour, service and zone)',
    ),
  flowLogs: z.enum(['none', 'reject', 'all']).default('reject').describe('Which connections to log'),
});

/** The network: made by us, or somebody else's. */
export const networkSchema = z.union([existing, managed]);
