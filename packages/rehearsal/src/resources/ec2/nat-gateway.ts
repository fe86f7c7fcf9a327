import { AwsError } from '../aws-error';
import { attributesOf } from '../../protocol/attributes';
import type { ResourceType } from '../resource-type';
import { toSubnets, toVpc } from '../reference-to';
import { ec2 } from './ec2';

/** The way out for private subnets; a public one needs an elastic address, and its VPC an internet gateway. */
export const natGateway: ResourceType = {
  type: 'aws_nat_gateway',
  label: 'EC2 NAT Gateway',
  api: ec2('CreateNatGateway', 'DeleteNatGateway'),
  source: 'internal/service/ec2/vpc_nat_gateway.go',
  forceNew: ['allocation_id', 'availability_mode', 'connectivity_type', 'private_ip', 'subnet_id', 'vpc_id'],
  defaults: { connectivity_type: 'public' },
  allowed: { connectivity_type: ['public', 'private'], availability_mode: ['zonal', 'regional'] },
  references: [toSubnets('subnet_id'), toVpc(), { attribute: 'allocation_id', to: 'aws_eip', blocks: true }],
  notFound: (id) => new AwsError('NatGatewayNotFound', `NAT gateway ${id} was not found`),
  unique: [
    {
      of: (values) => [values.text('allocation_id')],
      taken: (values) =>
        new AwsError(
          'Resource.AlreadyAssociated',
          `Elastic IP address [${values.text('allocation_id')}] is already associated`,
        ),
    },
  ],
  create: ({ planned, scene }) => {
    const subnet = scene.account.find('aws_subnet', planned.text('subnet_id'));
    const vpcId = planned.text('vpc_id') || (subnet === undefined ? '' : attributesOf(subnet).text('vpc_id'));
    const isPublic = planned.text('connectivity_type') !== 'private';
    const gateway = scene.account
      .ofType('aws_internet_gateway')
      .find((candidate) => attributesOf(candidate).text('vpc_id') === vpcId);
    if (isPublic && gateway === undefined)
      throw new AwsError('Gateway.NotAttached', `Network ${vpcId} has no Internet gateway attached`);
    const address = scene.account.find('aws_eip', planned.text('allocation_id'));
    return {
      id: scene.id('nat'),
      association_id: isPublic ? scene.id('eipassoc') : '',
      availability_mode: 'zonal',
      network_interface_id: scene.id('eni'),
      private_ip: '10.0.0.10',
      public_ip: address === undefined ? '' : attributesOf(address).text('public_ip'),
      vpc_id: vpcId,
    };
  },
};
