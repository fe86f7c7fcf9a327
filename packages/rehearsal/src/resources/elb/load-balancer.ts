import { AwsError } from '../aws-error';
import { attributesOf, type Attributes } from '../../protocol/attributes';
import { isAllowedToService } from '../iam/service-access';
import { rangeRule } from '../naming';
import type { ResourceType } from '../resource-type';
import { toSecurityGroups, toSubnets } from '../reference-to';
import type { Scene } from '../scene';
import { elb, elbNotFound, nameFindings } from './elb';

/** A load balancer, in at least two zones. */
export const loadBalancer: ResourceType = {
  type: 'aws_lb',
  label: 'ELBv2 Load Balancer',
  api: elb('CreateLoadBalancer', 'DeleteLoadBalancer', 'ModifyLoadBalancerAttributes'),
  source: 'internal/service/elbv2/load_balancer.go',
  forceNew: ['customer_owned_ipv4_pool', 'internal', 'load_balancer_type', 'name', 'name_prefix'],
  defaults: {
    client_keep_alive: 3600,
    desync_mitigation_mode: 'defensive',
    dns_record_client_routing_policy: 'any_availability_zone',
    drop_invalid_header_fields: false,
    enable_cross_zone_load_balancing: false,
    enable_deletion_protection: false,
    enable_http2: true,
    enable_tls_version_and_cipher_suite_headers: false,
    enable_waf_fail_open: false,
    enable_xff_client_port: false,
    enable_zonal_shift: false,
    idle_timeout: 60,
    load_balancer_type: 'application',
    preserve_host_header: false,
    xff_header_processing_mode: 'append',
    'access_logs.enabled': false,
    'connection_logs.enabled': false,
  },
  allowed: {
    desync_mitigation_mode: ['monitor', 'defensive', 'strictest'],
    ip_address_type: ['ipv4', 'dualstack', 'dualstack-without-public-ipv4'],
    load_balancer_type: ['application', 'network', 'gateway'],
    xff_header_processing_mode: ['append', 'preserve', 'remove'],
  },
  computedBlocks: ['subnet_mapping'],
  references: [toSubnets('subnets'), toSecurityGroups('security_groups')],
  unique: [
    {
      of: (values) => [values.text('name')],
      taken: (values) =>
        new AwsError(
          'DuplicateLoadBalancerName',
          `A load balancer with the same name '${values.text('name')}' exists, but with different settings`,
        ),
    },
  ],
  notFound: elbNotFound('LoadBalancerNotFound', 'Load balancers'),
  validate: (config) => [
    ...nameFindings(config),
    ...rangeRule(config, 'idle_timeout', 1, 4000),
    ...rangeRule(config, 'client_keep_alive', 60, 604800),
  ],
  create: ({ planned, scene }) => {
    const subnets = checkSubnets(planned, scene);
    const name = planned.text('name') || `${planned.text('name_prefix') || 'tf-lb-'}${scene.hex(16)}`.slice(0, 32);
    const isNetwork = planned.text('load_balancer_type') === 'network';
    const suffix = `${isNetwork ? 'net' : 'app'}/${name}/${scene.hex(16)}`;
    const arn = scene.arn('elasticloadbalancing', `loadbalancer/${suffix}`);
    checkLogBucket(planned, arn, scene);
    return {
      id: arn,
      arn,
      arn_suffix: suffix,
      dns_name: `${planned.flag('internal') ? 'internal-' : ''}${name}-${String(parseInt(scene.hex(8), 16)).padStart(10, '0')}.${scene.region}.elb.amazonaws.com`,
      internal: planned.flag('internal'),
      ip_address_type: 'ipv4',
      name,
      name_prefix: planned.text('name_prefix'),
      security_groups: planned.texts('security_groups'),
      subnet_mapping: subnets.map(({ id }) => ({
        allocation_id: '',
        ipv6_address: '',
        outpost_id: '',
        private_ipv4_address: '',
        subnet_id: id,
      })),
      subnets: subnets.map(({ id }) => id),
      vpc_id: subnets[0]?.vpcId ?? '',
      zone_id: 'Z35SXDOTRQ7X7K',
    };
  },
  update: ({ planned, current, scene }) => {
    checkSubnets(planned, scene);
    checkLogBucket(planned, current.id, scene);
    return {};
  },
  remove: ({ current, scene }) => {
    if (attributesOf(current).flag('enable_deletion_protection'))
      throw new AwsError(
        'OperationNotPermitted',
        `Load balancer '${current.id}' cannot be deleted because deletion protection is enabled`,
      );
    // Listeners and their rules are parts of it.
    for (const listener of scene.account.ofType('aws_lb_listener')) {
      if (attributesOf(listener).text('load_balancer_arn') !== current.id) continue;
      scene.account.remove(listener);
      for (const rule of scene.account.ofType('aws_lb_listener_rule'))
        if (attributesOf(rule).text('listener_arn') === listener.id) scene.account.remove(rule);
    }
  },
};

interface Subnet {
  readonly id: string;
  readonly vpcId: string;
  readonly zone: string;
}

function checkSubnets(planned: Attributes, scene: Scene): Subnet[] {
  const mapped = planned.blocks('subnet_mapping').map((mapping) => mapping.text('subnet_id'));
  const ids = [...new Set([...planned.texts('subnets'), ...mapped])];
  const subnets = ids.flatMap((id): Subnet[] => {
    const found = scene.account.find('aws_subnet', id);
    if (found === undefined) return [];
    const subnet = attributesOf(found);
    return [{ id, vpcId: subnet.text('vpc_id'), zone: subnet.text('availability_zone') }];
  });
  const zones = new Set(subnets.map(({ zone }) => zone));
  if (planned.text('load_balancer_type') === 'application' && zones.size < 2)
    throw new AwsError('ValidationError', 'At least two subnets in two different Availability Zones must be specified');
  if (zones.size < subnets.length)
    throw new AwsError(
      'InvalidConfigurationRequest',
      'A load balancer cannot be attached to multiple subnets in the same Availability Zone',
    );
  const vpcId = subnets[0]?.vpcId ?? '';
  const gateways = scene.account.ofType('aws_internet_gateway');
  if (!planned.flag('internal') && !gateways.some((gateway) => attributesOf(gateway).text('vpc_id') === vpcId))
    throw new AwsError('InvalidSubnet', `VPC ${vpcId} has no internet gateway`);
  for (const id of planned.texts('security_groups')) {
    const group = scene.account.find('aws_security_group', id);
    if (group !== undefined && attributesOf(group).text('vpc_id') !== vpcId)
      throw new AwsError(
        'InvalidConfigurationRequest',
        `One or more security groups are invalid: ${id} does not belong to VPC ${vpcId}`,
      );
  }
  return subnets;
}

/** @source https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html */
function checkLogBucket(planned: Attributes, sourceArn: string, scene: Scene): void {
  for (const kind of ['access_logs', 'connection_logs']) {
    const logs = planned.block(kind);
    if (logs?.flag('enabled') !== true) continue;
    const bucket = logs.text('bucket');
    const prefix = logs.text('prefix') === '' ? '' : `${logs.text('prefix')}/`;
    const allowed = isAllowedToService(scene.account, {
      bucket,
      service: 'logdelivery.elasticloadbalancing.amazonaws.com',
      action: 's3:PutObject',
      sourceArn,
      resource: `arn:aws:s3:::${bucket}/${prefix}AWSLogs/${scene.account.accountId}/test`,
    });
    if (!allowed)
      throw new AwsError(
        'InvalidConfigurationRequest',
        `Access Denied for bucket: ${bucket}. Please check S3bucket permission`,
      );
  }
}
