import { AwsError } from '../aws-error';
import type { ResourceType } from '../resource-type';
import { ec2 } from './ec2';

/** A public address that stays. */
export const elasticIp: ResourceType = {
  type: 'aws_eip',
  label: 'EC2 EIP',
  api: ec2('AllocateAddress', 'ReleaseAddress', 'AssociateAddress'),
  source: 'internal/service/ec2/ec2_eip.go',
  forceNew: [
    'address',
    'domain',
    'ipam_pool_id',
    'network_border_group',
    'public_ipv4_pool',
    'customer_owned_ipv4_pool',
  ],
  allowed: { domain: ['vpc'] },
  notFound: (id) => new AwsError('InvalidAllocationID.NotFound', `The allocation ID '${id}' does not exist`),
  inUse: ({ id }) => new AwsError('InvalidIPAddress.InUse', `Address ${id} is in use.`),
  create: ({ scene }) => {
    const id = scene.id('eipalloc');
    // 203.0.113.0/24 is set aside for examples (RFC 5737).
    const address = `203.0.113.${parseInt(scene.hex(2), 16)}`;
    return {
      id,
      allocation_id: id,
      arn: scene.arn('ec2', `elastic-ip/${id}`),
      domain: 'vpc',
      network_border_group: scene.region,
      public_ip: address,
      public_ipv4_pool: 'amazon',
      public_dns: `ec2-${address.replaceAll('.', '-')}.compute-1.amazonaws.com`,
    };
  },
};
