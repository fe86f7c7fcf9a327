import { AwsError } from '../aws-error';
import { attributesOf } from '../../protocol/attributes';
import type { ResourceType } from '../resource-type';
import { toVpc } from '../reference-to';
import { ec2, unknownId } from './ec2';

/** The way to the internet: one a VPC, and attached as long as something has a public address through it. */
export const internetGateway: ResourceType = {
  type: 'aws_internet_gateway',
  label: 'EC2 Internet Gateway',
  api: ec2('CreateInternetGateway', 'DetachInternetGateway', 'AttachInternetGateway'),
  source: 'internal/service/ec2/vpc_internet_gateway.go',
  unique: [
    {
      of: (values) => [values.text('vpc_id')],
      taken: (values) =>
        new AwsError(
          'InvalidParameterValue',
          `Network ${values.text('vpc_id')} already has an internet gateway attached`,
        ),
    },
  ],
  references: [toVpc()],
  notFound: unknownId('InvalidInternetGatewayID', 'internetGateway ID'),
  create: ({ scene }) => {
    const id = scene.id('igw');
    return { id, arn: scene.arn('ec2', `internet-gateway/${id}`), owner_id: scene.account.accountId };
  },
  remove: ({ current, scene }) => {
    const vpcId = attributesOf(current).text('vpc_id');
    const subnets = scene.account
      .ofType('aws_subnet')
      .filter((subnet) => attributesOf(subnet).text('vpc_id') === vpcId)
      .map(({ id }) => id);
    const mapped = scene.account
      .ofType('aws_nat_gateway')
      .some((gateway) => subnets.includes(attributesOf(gateway).text('subnet_id')));
    const balanced = scene.account
      .ofType('aws_lb')
      .some((balancer) => !attributesOf(balancer).flag('internal') && attributesOf(balancer).text('vpc_id') === vpcId);
    if (mapped || balanced)
      throw new AwsError(
        'DependencyViolation',
        `Network ${vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
      );
  },
};
