import { TerraformOutput } from 'cdktf';
import { LoadBalancer, type LoadBalancerProps } from '../src';
import { network, stackWith, statementsOf } from './test-stack';

const HTTPS = { certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0', domain: 'llm.example.com' };

function balancer(changes: Partial<LoadBalancerProps> = {}) {
  const stack = stackWith((scope) => {
    const made = new LoadBalancer(scope, 'entry', {
      network,
      name: 'litellm',
      reach: 'internal',
      targetPort: 4000,
      healthCheckPath: '/health/liveliness',
      idleTimeoutSeconds: 600,
      ...changes,
    });
    new TerraformOutput(scope, 'url', { value: made.url, staticId: true });
    new TerraformOutput(scope, 'internalUrl', { value: made.internalUrl, staticId: true });
  });
  const admitted = Object.values(stack.resources('aws_vpc_security_group_ingress_rule')).map(
    (rule) => `${String(rule.cidr_ipv4)}:${String(rule.from_port)}`,
  );
  const { url, internalUrl } = stack.outputs;
  return { stack, url, internalUrl, admitted };
}

test('without https the internal one speaks HTTP, to the VPC alone', () => {
  const { stack, url, internalUrl, admitted } = balancer();

  expect(stack.resource('aws_lb')).toMatchObject({
    internal: true,
    subnets: [expect.stringContaining('00003') as string, expect.anything() as string],
  });
  expect(stack.resource('aws_lb_listener')).toMatchObject({ port: 80, protocol: 'HTTP' });
  expect(admitted).toEqual(['10.40.0.0/16:80']);
  expect(url).toBe('http://${aws_lb.entry_internal.dns_name}');
  expect(internalUrl).toBe(url);
});

test('with https it speaks modern TLS, and sends HTTP on to it', () => {
  const { stack, url, admitted } = balancer({ reach: 'public', https: HTTPS });

  expect(stack.resources('aws_lb_listener')).toMatchObject({
    entry_public_https: {
      port: 443,
      protocol: 'HTTPS',
      ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
      certificate_arn: HTTPS.certificateArn,
    },
    // The same as without a certificate, so that one can be given to a load balancer that is there.
    entry_public_http: {
      port: 80,
      default_action: [{ type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', status_code: 'HTTP_301' } }],
      depends_on: ['aws_lb_listener.entry_public_https'],
    },
  });
  expect(url).toBe('https://llm.example.com');
  expect(admitted.sort()).toEqual(['0.0.0.0/0:443', '0.0.0.0/0:80']);
});

test('both: HTTPS for the internet, HTTP for the VPC, each with its own targets', () => {
  const { stack, url, internalUrl, admitted } = balancer({
    reach: 'both',
    https: HTTPS,
    allowedCidrs: ['198.51.100.0/24'],
  });

  expect(url).toBe('https://llm.example.com');
  expect(internalUrl).toBe('http://${aws_lb.entry_internal.dns_name}');
  expect(Object.keys(stack.resources('aws_lb_target_group'))).toHaveLength(2);
  expect(admitted.sort()).toEqual(['10.40.0.0/16:80', '198.51.100.0/24:443', '198.51.100.0/24:80']);
});

test('in public it speaks HTTP only when asked to, and only to named ranges', () => {
  expect(() => balancer({ reach: 'public' })).toThrow('needs https, or plaintext: true with allowedCidrs');
  expect(() => balancer({ reach: 'public', plaintext: true })).toThrow('needs https');
  expect(balancer({ reach: 'public', plaintext: true, allowedCidrs: ['198.51.100.0/24'] }).admitted).toEqual([
    '198.51.100.0/24:80',
  ]);
});

test('is strict about malformed requests', () => {
  expect(balancer().stack.resource('aws_lb')).toMatchObject({
    desync_mitigation_mode: 'strictest',
    drop_invalid_header_fields: true,
    idle_timeout: 600,
  });
});

test('judges tasks leniently by whether they live, and gives the next request to the least busy', () => {
  expect(balancer().stack.resource('aws_lb_target_group')).toMatchObject({
    name_prefix: 'litel-',
    target_type: 'ip',
    load_balancing_algorithm_type: 'least_outstanding_requests',
    deregistration_delay: '60',
    health_check: { path: '/health/liveliness', matcher: '200', unhealthy_threshold: 5 },
    lifecycle: { create_before_destroy: true },
  });
});

test('access logs go to a bucket that only this load balancer writes to', () => {
  const { stack } = balancer({ accessLogs: true });

  expect(stack.resource('aws_lb')).toMatchObject({
    access_logs: { enabled: true },
    depends_on: ['aws_s3_bucket_policy.entry_internal_access-logs_bucket_policy'],
  });
  expect(statementsOf(stack.resource('aws_s3_bucket_policy'))[1]).toMatchObject({
    Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
    Action: 's3:PutObject',
    Condition: {
      ArnLike: {
        'aws:SourceArn': 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/loadlab-test-internal/*',
      },
      StringEquals: { 'aws:SourceAccount': '123456789012' },
    },
  });
  expect(stack.resource('aws_s3_bucket_server_side_encryption_configuration')).toMatchObject({
    rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }],
  });
});
