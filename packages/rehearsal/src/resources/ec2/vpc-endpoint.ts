import type { KnownValues } from '../../protocol/value';
import { AwsError } from '../aws-error';
import { attributesOf, type Attributes } from '../../protocol/attributes';
import type { ResourceType } from '../resource-type';
import { toSecurityGroups, toSubnets, toVpc } from '../reference-to';
import type { Scene } from '../scene';
import { ec2, unknownId } from './ec2';

/** A way to a service of AWS that does not leave the VPC: by routes (Gateway) or by network interfaces (Interface). */
export const vpcEndpoint: ResourceType = {
  type: 'aws_vpc_endpoint',
  label: 'EC2 VPC Endpoint',
  api: ec2('CreateVpcEndpoint', 'DeleteVpcEndpoints', 'ModifyVpcEndpoint'),
  source: 'internal/service/ec2/vpc_endpoint.go',
  forceNew: ['service_name', 'service_region', 'vpc_endpoint_type', 'vpc_id', 'resource_configuration_arn'],
  defaults: { vpc_endpoint_type: 'Gateway' },
  allowed: {
    vpc_endpoint_type: ['Interface', 'Gateway', 'GatewayLoadBalancer', 'Resource', 'ServiceNetwork'],
    ip_address_type: ['ipv4', 'dualstack', 'ipv6'],
  },
  computedBlocks: ['dns_options', 'subnet_configuration'],
  onlyInState: ['auto_accept'],
  json: ['policy'],
  references: [
    toVpc(),
    toSubnets('subnet_ids'),
    toSecurityGroups('security_group_ids'),
    { attribute: 'route_table_ids', to: 'aws_route_table' },
  ],
  notFound: unknownId('InvalidVpcEndpointId', 'Vpc Endpoint Id'),
  create: ({ planned, scene }) => {
    const id = scene.id('vpce');
    const common = {
      id,
      arn: scene.arn('ec2', `vpc-endpoint/${id}`),
      owner_id: scene.account.accountId,
      policy: JSON.stringify({ Statement: [{ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }] }),
      requester_managed: false,
      service_region: scene.region,
      state: 'available',
    };
    return planned.text('vpc_endpoint_type') === 'Gateway'
      ? { ...common, ...gateway(planned, scene) }
      : { ...common, ...interfaces(planned, scene, id) };
  },
};

function gateway(planned: Attributes, scene: Scene): KnownValues {
  const service = planned.text('service_name');
  const prefixList = prefixListId(service);
  for (const other of scene.account.ofType('aws_vpc_endpoint')) {
    const shared = planned
      .texts('route_table_ids')
      .find((id) => attributesOf(other).texts('route_table_ids').includes(id));
    if (attributesOf(other).text('service_name') === service && shared !== undefined)
      throw new AwsError(
        'RouteAlreadyExists',
        `route table ${shared} already has a route with destination-prefix-list-id ${prefixList}`,
      );
  }
  return { prefix_list_id: prefixList, private_dns_enabled: false };
}

function interfaces(planned: Attributes, scene: Scene, id: string): KnownValues {
  const vpcId = planned.text('vpc_id');
  const vpc = scene.account.find('aws_vpc', vpcId);
  const names = vpc === undefined ? undefined : attributesOf(vpc);
  if (
    planned.flag('private_dns_enabled') &&
    !(names?.flag('enable_dns_support') === true && names.flag('enable_dns_hostnames'))
  )
    throw new AwsError(
      'InvalidParameter',
      `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpcId}`,
    );
  const service = planned.text('service_name').split('.').at(-1) ?? '';
  const zone = `Z0${scene.hex(12).toUpperCase()}`;
  return {
    dns_entry: [
      { dns_name: `${id}-${scene.hex(8)}.${service}.${scene.region}.vpce.amazonaws.com`, hosted_zone_id: zone },
    ],
    ip_address_type: 'ipv4',
    network_interface_ids: planned.texts('subnet_ids').map(() => scene.id('eni')),
    private_dns_enabled: planned.flag('private_dns_enabled'),
  };
}

/** The id of the list of addresses that a service of AWS has; the same in every account. */
export function prefixListId(service: string): string {
  return service.endsWith('.dynamodb') ? 'pl-02cd2c6b' : 'pl-63a5400a';
}
