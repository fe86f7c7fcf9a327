import { AwsError } from '../aws-error';
import { attributesOf, type Attributes } from '../../protocol/attributes';
import { rangeRule } from '../naming';
import type { Finding, ResourceType } from '../resource-type';
import { elb, elbNotFound, nameFindings } from './elb';

/** Where a load balancer sends requests to. In use as long as a listener or a rule names it. */
export const targetGroup: ResourceType = {
  type: 'aws_lb_target_group',
  label: 'ELBv2 Target Group',
  api: elb('CreateTargetGroup', 'DeleteTargetGroup', 'ModifyTargetGroupAttributes'),
  source: 'internal/service/elbv2/target_group.go',
  forceNew: ['ip_address_type', 'name', 'name_prefix', 'port', 'protocol', 'protocol_version', 'target_type', 'vpc_id'],
  defaults: {
    deregistration_delay: '300',
    lambda_multi_value_headers_enabled: false,
    proxy_protocol_v2: false,
    slow_start: 0,
    target_type: 'instance',
    'health_check.enabled': true,
    'health_check.healthy_threshold': 3,
    'health_check.interval': 30,
    'health_check.port': 'traffic-port',
    'health_check.protocol': 'HTTP',
    'health_check.unhealthy_threshold': 3,
    'stickiness.cookie_duration': 86400,
    'stickiness.enabled': true,
  },
  allowed: {
    load_balancing_algorithm_type: ['round_robin', 'least_outstanding_requests', 'weighted_random'],
    protocol: ['HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP', 'GENEVE', 'QUIC', 'TCP_QUIC'],
    protocol_version: ['HTTP1', 'HTTP2', 'GRPC'],
    target_type: ['instance', 'ip', 'lambda', 'alb'],
    'stickiness.type': ['lb_cookie', 'app_cookie', 'source_ip', 'source_ip_dest_ip', 'source_ip_dest_ip_proto'],
  },
  computedBlocks: ['health_check', 'stickiness', 'target_failover', 'target_group_health', 'target_health_state'],
  references: [
    {
      attribute: 'vpc_id',
      to: 'aws_vpc',
      missing: (id) => new AwsError('ValidationError', `The VPC ID '${id}' is not found`),
    },
  ],
  unique: [
    {
      of: (values) => [values.text('name')],
      taken: (values) =>
        new AwsError(
          'DuplicateTargetGroupName',
          `A target group with the same name '${values.text('name')}' exists, but with different settings`,
        ),
    },
  ],
  notFound: elbNotFound('TargetGroupNotFound', 'Target groups'),
  inUse: ({ id }) => new AwsError('ResourceInUse', `Target group '${id}' is currently in use by a listener or a rule`),
  validate: (config) => [
    ...nameFindings(config),
    ...healthCheckFindings(config),
    ...rangeRule(config, 'port', 1, 65535),
  ],
  create: ({ planned, scene }) => {
    const name = planned.text('name') || `${planned.text('name_prefix') || 'tf-'}${scene.hex(26)}`.slice(0, 32);
    const suffix = `targetgroup/${name}/${scene.hex(16)}`;
    const arn = scene.arn('elasticloadbalancing', suffix);
    return {
      id: arn,
      arn,
      arn_suffix: suffix,
      connection_termination: false,
      health_check: [
        {
          enabled: true,
          healthy_threshold: 5,
          interval: 30,
          matcher: '200',
          path: '/',
          port: 'traffic-port',
          protocol: 'HTTP',
          timeout: 5,
          unhealthy_threshold: 2,
        },
      ],
      ip_address_type: 'ipv4',
      load_balancing_algorithm_type: 'round_robin',
      load_balancing_anomaly_mitigation: 'off',
      load_balancing_cross_zone_enabled: 'use_load_balancer_configuration',
      name,
      name_prefix: planned.text('name_prefix'),
      protocol_version: 'HTTP1',
      stickiness: [{ cookie_duration: 86400, cookie_name: '', enabled: false, type: 'lb_cookie' }],
      target_group_health: [
        {
          dns_failover: [{ minimum_healthy_targets_count: '1', minimum_healthy_targets_percentage: 'off' }],
          unhealthy_state_routing: [{ minimum_healthy_targets_count: 1, minimum_healthy_targets_percentage: 'off' }],
        },
      ],
    };
  },
  read: (resource, account) => ({
    load_balancer_arns: [
      ...new Set(
        account
          .ofType('aws_lb_listener')
          .filter((listener) => JSON.stringify(listener.attributes).includes(resource.id))
          .map((listener) => attributesOf(listener).text('load_balancer_arn')),
      ),
    ],
  }),
};

function healthCheckFindings(config: Attributes): Finding[] {
  const check = config.block('health_check');
  if (check === undefined) return [];
  const findings = [
    ...rangeRule(check, 'interval', 5, 300),
    ...rangeRule(check, 'timeout', 2, 120),
    ...rangeRule(check, 'healthy_threshold', 2, 10),
    ...rangeRule(check, 'unhealthy_threshold', 2, 10),
  ].map((finding) => ({ ...finding, path: `health_check.0.${finding.path}` }));
  const [interval, timeout] = [check.number('interval') ?? 30, check.number('timeout') ?? 0];
  if (timeout >= interval)
    findings.push({
      path: 'health_check.0.timeout',
      summary: `health check timeout (${timeout} s) must be below the interval (${interval} s)`,
    });
  return findings;
}
