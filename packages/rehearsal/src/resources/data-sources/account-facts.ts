import { Attributes } from '../../protocol/attributes';
import { prefixListId } from '../ec2/vpc-endpoint';
import { zonesOf } from '../ec2/zones';
import type { DataSource } from './data-source';

/** Who is calling. */
export const callerIdentity: DataSource = {
  type: 'aws_caller_identity',
  label: 'STS Caller Identity',
  read: ({ account }) => ({
    id: account.accountId,
    account_id: account.accountId,
    arn: `arn:aws:iam::${account.accountId}:user/rehearsal`,
    user_id: 'AIDAREHEARSAL',
  }),
};

/** The region of the provider's configuration. */
export const region: DataSource = {
  type: 'aws_region',
  label: 'Region',
  read: (request) => ({
    id: request.region,
    name: request.region,
    region: request.region,
    endpoint: `ec2.${request.region}.amazonaws.com`,
    description: request.region,
  }),
};

/** AWS itself, rather than its editions for China or for governments. */
export const partition: DataSource = {
  type: 'aws_partition',
  label: 'Partition',
  read: () => ({ id: 'aws', partition: 'aws', dns_suffix: 'amazonaws.com', reverse_dns_prefix: 'com.amazonaws' }),
};

/** The region's zones. */
export const availabilityZones: DataSource = {
  type: 'aws_availability_zones',
  label: 'EC2 Availability Zones',
  read: ({ config, ...request }) => {
    const without = (name: string): Set<string> => new Set(config.texts(name));
    const zones = zonesOf(request.region).filter(
      ({ name, id }) => !without('exclude_names').has(name) && !without('exclude_zone_ids').has(id),
    );
    return {
      id: request.region,
      names: zones.map(({ name }) => name),
      zone_ids: zones.map(({ id }) => id),
      group_names: [request.region],
    };
  },
};

/** The addresses of a service of AWS. */
export const prefixList: DataSource = {
  type: 'aws_prefix_list',
  label: 'EC2 Prefix List',
  read: ({ config, ...request }) => {
    const filtered = config.blocks('filter').find((filter) => filter.text('name') === 'prefix-list-name');
    const name = config.text('name') || (filtered?.texts('values')[0] ?? `com.amazonaws.${request.region}.s3`);
    return { id: prefixListId(name), name, cidr_blocks: ['52.216.0.0/15', '54.231.0.0/16'] };
  },
};

/** The same list, as a list that a customer could have made. */
export const managedPrefixList: DataSource = {
  type: 'aws_ec2_managed_prefix_list',
  label: 'EC2 Managed Prefix List',
  read: (request) => {
    const list = new Attributes(prefixList.read(request));
    const id = list.text('id');
    return {
      id,
      name: list.text('name'),
      address_family: 'IPv4',
      arn: `arn:aws:ec2:${request.region}:aws:prefix-list/${id}`,
      entries: [],
      max_entries: 0,
      owner_id: 'AWS',
      version: 1,
    };
  },
};
