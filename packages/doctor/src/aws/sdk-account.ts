import {
  DescribeAddressesCommand,
  DescribeRegionsCommand,
  DescribeSubnetsCommand,
  EC2Client,
  paginateDescribeNatGateways,
  paginateDescribeVpcs,
  type Tag,
} from '@aws-sdk/client-ec2';
import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  NoSuchResourceException,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Account, NatGateway, Quota, Resource } from './account';
import type { AwsAccess } from './aws-access';

/** One retry: whoever asks the doctor waits, and a machine without a network should hear so soon. */
const PATIENCE = { maxAttempts: 2, requestHandler: { connectionTimeout: 3000, requestTimeout: 10_000 } };

/** An account over AWS's SDK. */
export function sdkAccount(access: AwsAccess): Account {
  const settings = { ...access, ...PATIENCE };
  const sts = new STSClient(settings);
  const ec2 = new EC2Client(settings);
  const quotas = new ServiceQuotasClient(settings);
  return {
    async identity() {
      const { Account: accountId = '', Arn: arn = '' } = await sts.send(new GetCallerIdentityCommand());
      return { accountId, arn };
    },
    async isRegionEnabled() {
      const { Regions = [] } = await ec2.send(
        new DescribeRegionsCommand({ RegionNames: [access.region], AllRegions: true }),
      );
      return Regions[0]?.OptInStatus !== 'not-opted-in';
    },
    quota: (quota) => quotaOf(quotas, quota),
    async vpcs() {
      const found: Resource[] = [];
      for await (const { Vpcs = [] } of paginateDescribeVpcs({ client: ec2 }, {})) {
        found.push(...Vpcs.map(({ VpcId: id = '', Tags }) => ({ id, tags: tagsOf(Tags) })));
      }
      return found;
    },
    async addresses() {
      const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand());
      return Addresses.map(({ AllocationId: id = '', Tags }) => ({ id, tags: tagsOf(Tags) }));
    },
    natGateways: () => natGateways(ec2),
  };
}

/** An account that never had a quota raised may have no value of its own. */
async function quotaOf(client: ServiceQuotasClient, { service, code }: Quota): Promise<number> {
  const which = { ServiceCode: service, QuotaCode: code };
  const ask = async (): Promise<number | undefined> => {
    try {
      return (await client.send(new GetServiceQuotaCommand(which))).Quota?.Value;
    } catch (error) {
      if (error instanceof NoSuchResourceException) return undefined;
      throw error;
    }
  };
  const value = (await ask()) ?? (await client.send(new GetAWSDefaultServiceQuotaCommand(which))).Quota?.Value;
  if (value === undefined) throw new Error(`Service Quotas gives no value for ${service} ${code}`);
  return value;
}

async function natGateways(client: EC2Client): Promise<NatGateway[]> {
  const gateways: (Resource & { readonly subnet: string })[] = [];
  const Filter = [{ Name: 'state', Values: ['pending', 'available'] }];
  for await (const { NatGateways = [] } of paginateDescribeNatGateways({ client }, { Filter })) {
    for (const { NatGatewayId: id = '', SubnetId: subnet = '', Tags } of NatGateways) {
      gateways.push({ id, subnet, tags: tagsOf(Tags) });
    }
  }
  if (gateways.length === 0) return [];
  const SubnetIds = [...new Set(gateways.map(({ subnet }) => subnet))];
  const { Subnets = [] } = await client.send(new DescribeSubnetsCommand({ SubnetIds }));
  const zones = new Map(Subnets.map(({ SubnetId, AvailabilityZone }) => [SubnetId, AvailabilityZone]));
  return gateways.map(({ id, tags, subnet }) => ({ id, tags, zone: zones.get(subnet) ?? '' }));
}

function tagsOf(tags: readonly Tag[] = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}
