import { AwsError } from '../aws-error';
import { attributesOf, type Attributes } from '../../protocol/attributes';
import type { ResourceType } from '../resource-type';
import { toVpc } from '../reference-to';
import { dependencies, ec2, unknownId } from './ec2';

/** Where packets of a subnet go. Its routes go with it, its associations keep it. */
export const routeTable: ResourceType = {
  type: 'aws_route_table',
  label: 'EC2 Route Table',
  api: ec2('CreateRouteTable', 'DeleteRouteTable', 'ReplaceRoute'),
  source: 'internal/service/ec2/vpc_route_table.go',
  forceNew: ['vpc_id'],
  references: [toVpc()],
  notFound: unknownId('InvalidRouteTableID', 'routeTable ID'),
  inUse: dependencies('routeTable'),
  create: ({ scene }) => {
    const id = scene.id('rtb');
    return { id, arn: scene.arn('ec2', `route-table/${id}`), owner_id: scene.account.accountId };
  },
  remove: ({ current, scene }) => {
    for (const route of scene.account.ofType('aws_route'))
      if (attributesOf(route).text('route_table_id') === current.id) scene.account.remove(route);
  },
};

const destinations = ['destination_cidr_block', 'destination_ipv6_cidr_block', 'destination_prefix_list_id'] as const;

/** One route of a table; no two to the same destination. */
export const route: ResourceType = {
  type: 'aws_route',
  label: 'Route',
  api: ec2('CreateRoute', 'DeleteRoute', 'ReplaceRoute'),
  source: 'internal/service/ec2/vpc_route.go',
  forceNew: ['route_table_id', ...destinations],
  references: [
    { attribute: 'route_table_id', to: 'aws_route_table' },
    // Gateways of other kinds (vgw-, a VPC endpoint) share the attribute.
    { attribute: 'gateway_id', to: 'aws_internet_gateway', optional: true },
    { attribute: 'nat_gateway_id', to: 'aws_nat_gateway' },
  ],
  unique: destinations.map((destination) => ({
    of: (values: Attributes) => [values.text('route_table_id'), values.text(destination)],
    taken: (values: Attributes) =>
      new AwsError('RouteAlreadyExists', `The route identified by ${values.text(destination)} already exists.`),
  })),
  create: ({ planned, scene }) => {
    const destination = destinations.map((name) => planned.text(name)).find((text) => text !== '') ?? '';
    const gateway = planned.text('gateway_id');
    if (gateway.startsWith('igw-') && scene.account.find('aws_internet_gateway', gateway) === undefined)
      throw unknownId('InvalidInternetGatewayID', 'internetGateway ID')(gateway);
    return { id: routeId(planned.text('route_table_id'), destination), origin: 'CreateRoute', state: 'active' };
  },
  importId: (given) => {
    const [table = '', destination = ''] = given.split('_');
    return routeId(table, destination);
  },
};

/** A subnet's table, instead of the main one; one a subnet. */
export const routeTableAssociation: ResourceType = {
  type: 'aws_route_table_association',
  label: 'EC2 Route Table Association',
  api: ec2('AssociateRouteTable', 'DisassociateRouteTable', 'ReplaceRouteTableAssociation'),
  source: 'internal/service/ec2/vpc_route_table_association.go',
  forceNew: ['gateway_id', 'subnet_id'],
  references: [
    { attribute: 'route_table_id', to: 'aws_route_table', blocks: true },
    { attribute: 'subnet_id', to: 'aws_subnet' },
  ],
  unique: [
    {
      of: (values) => [values.text('subnet_id')],
      taken: (values) =>
        new AwsError(
          'Resource.AlreadyAssociated',
          `the specified association for route table ${values.text('route_table_id')} conflicts with an existing association`,
        ),
    },
  ],
  create: ({ scene }) => ({ id: scene.id('rtbassoc') }),
};

/** The provider makes a route's id from its table and a checksum of its destination. */
function routeId(table: string, destination: string): string {
  return `r-${table}${crc32(destination)}`;
}

function crc32(text: string): number {
  let checksum = 0xffffffff;
  for (const byte of Buffer.from(text)) {
    checksum ^= byte;
    for (let bit = 0; bit < 8; bit++) checksum = checksum & 1 ? (checksum >>> 1) ^ 0xedb88320 : checksum >>> 1;
  }
  return (checksum ^ 0xffffffff) >>> 0;
}
