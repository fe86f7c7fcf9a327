import { textOf } from '../../account/account-document';
import { AwsError } from '../aws-error';
import { attributesOf } from '../../protocol/attributes';
import type { ResourceType } from '../resource-type';
import { toVpc } from '../reference-to';
import { contains, overlaps, parseCidr } from './cidr';
import { dependencies, ec2, unknownId } from './ec2';
import { zonesOf } from './zones';

/** A subnet: inside its VPC's range, apart from its neighbours, in one zone. */
export const subnet: ResourceType = {
  type: 'aws_subnet',
  label: 'EC2 Subnet',
  api: ec2('CreateSubnet', 'DeleteSubnet', 'ModifySubnetAttribute'),
  source: 'internal/service/ec2/vpc_subnet.go',
  forceNew: ['vpc_id', 'cidr_block', 'availability_zone', 'availability_zone_id', 'outpost_arn', 'ipv6_native'],
  defaults: {
    assign_ipv6_address_on_creation: false,
    enable_dns64: false,
    enable_resource_name_dns_a_record_on_launch: false,
    enable_resource_name_dns_aaaa_record_on_launch: false,
    ipv6_native: false,
    map_public_ip_on_launch: false,
  },
  references: [toVpc()],
  notFound: unknownId('InvalidSubnetID', 'subnet ID'),
  inUse: dependencies('subnet'),
  validate: (config) => {
    const text = config.text('cidr_block');
    return text === '' || parseCidr(text) !== undefined
      ? []
      : [{ path: 'cidr_block', summary: `"${text}" is not a valid CIDR block` }];
  },
  create: ({ planned, scene }) => {
    const vpcId = planned.text('vpc_id');
    const text = planned.text('cidr_block');
    const cidr = parseCidr(text);
    const range = parseCidr(textOf(scene.account.find('aws_vpc', vpcId), 'cidr_block'));
    if (cidr === undefined || range === undefined || cidr.prefix > 28 || !contains(range, cidr))
      throw new AwsError('InvalidSubnet.Range', `The CIDR '${text}' is invalid.`);
    for (const other of scene.account.ofType('aws_subnet')) {
      const taken = parseCidr(attributesOf(other).text('cidr_block'));
      if (attributesOf(other).text('vpc_id') === vpcId && taken !== undefined && overlaps(taken, cidr))
        throw new AwsError('InvalidSubnet.Conflict', `The CIDR '${text}' conflicts with another subnet`);
    }
    const zones = zonesOf(scene.region);
    const wanted = planned.text('availability_zone') || planned.text('availability_zone_id') || (zones[0]?.name ?? '');
    const zone = zones.find(({ name, id }) => name === wanted || id === wanted);
    if (zone === undefined)
      throw new AwsError(
        'InvalidParameterValue',
        `Value (${wanted}) for parameter availabilityZone is invalid. Subnets can currently only be created in the ` +
          `following availability zones: ${zones.map(({ name }) => name).join(', ')}.`,
      );
    const id = scene.id('subnet');
    return {
      id,
      arn: scene.arn('ec2', `subnet/${id}`),
      owner_id: scene.account.accountId,
      availability_zone: zone.name,
      availability_zone_id: zone.id,
      private_dns_hostname_type_on_launch: 'ip-name',
    };
  },
  // A database names its subnets through its group; its network interface is in one of them.
  remove: ({ current, scene }) => {
    const groups = scene.account
      .ofType('aws_db_subnet_group')
      .filter((group) => attributesOf(group).texts('subnet_ids').includes(current.id))
      .map(({ id }) => id);
    const databases = scene.account.ofType('aws_db_instance').map(attributesOf);
    if (databases.some((database) => groups.includes(database.text('db_subnet_group_name'))))
      throw dependencies('subnet')(current);
  },
};
