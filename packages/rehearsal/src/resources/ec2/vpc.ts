import { AwsError } from '../aws-error';
import { attributesOf } from '../../protocol/attributes';
import type { ResourceType } from '../resource-type';
import { parseCidr } from './cidr';
import { dependencies, ec2, unknownId } from './ec2';
import { defaultGroup } from './security-group';

/** A VPC, with what AWS makes along with it: a main route table, a default security group and a default network ACL. */
export const vpc: ResourceType = {
  type: 'aws_vpc',
  label: 'EC2 VPC',
  api: ec2('CreateVpc', 'DeleteVpc', 'ModifyVpcAttribute'),
  source: 'internal/service/ec2/vpc_.go',
  forceNew: ['cidr_block', 'ipv4_ipam_pool_id', 'ipv4_netmask_length', 'ipv6_ipam_pool_id'],
  defaults: { enable_dns_support: true, instance_tenancy: 'default' },
  allowed: { instance_tenancy: ['default', 'dedicated'] },
  notFound: unknownId('InvalidVpcID', 'vpc ID'),
  inUse: dependencies('vpc'),
  validate: (config) => {
    const text = config.text('cidr_block');
    if (text === '') return [];
    const cidr = parseCidr(text);
    if (cidr === undefined) return [{ path: 'cidr_block', summary: `"${text}" is not a valid CIDR block` }];
    if (cidr.prefix < 16 || cidr.prefix > 28)
      return [
        {
          path: 'cidr_block',
          summary: `expected "cidr_block" to contain a network Value with between 16 and 28 significant bits, got: ${cidr.prefix}`,
        },
      ];
    return [];
  },
  create: ({ planned, scene }) => {
    const id = scene.id('vpc');
    if (scene.account.ofType('aws_vpc').length >= VPCS_PER_REGION)
      throw new AwsError('VpcLimitExceeded', 'The maximum number of VPCs has been reached.');
    const groupId = scene.id('sg');
    const attributes = defaultGroup(scene, id, groupId);
    scene.account.put({ type: 'aws_default_security_group', id: groupId, region: scene.region, attributes });
    const mainTable = scene.id('rtb');
    return {
      id,
      arn: scene.arn('ec2', `vpc/${id}`),
      owner_id: scene.account.accountId,
      cidr_block: planned.text('cidr_block'),
      enable_dns_hostnames: false,
      main_route_table_id: mainTable,
      default_route_table_id: mainTable,
      default_security_group_id: groupId,
      default_network_acl_id: scene.id('acl'),
      dhcp_options_id: scene.id('dopt'),
    };
  },
  // What came along with it goes with it.
  remove: ({ current, scene }) => {
    for (const group of scene.account.ofType('aws_default_security_group'))
      if (attributesOf(group).text('vpc_id') === current.id) scene.account.remove(group);
  },
};

/** A new account's quota. */
const VPCS_PER_REGION = 5;
