import {
  synthesize,
  testEnvironment,
  widelyGranted,
  type EnvironmentInput,
  type SynthesizedStack,
} from '@loadlab/foundation/testing';
import { NetworkStack } from './stack';

function network(sections: Partial<EnvironmentInput> = {}): SynthesizedStack {
  const { 'network-test': stack } = synthesize((app) => new NetworkStack(app, testEnvironment(sections)));
  if (stack === undefined) throw new Error('no network');
  return stack;
}

const PRODUCTION = {
  proxy: { image: `ghcr.io/berriai/litellm:v1.108.7@sha256:${'0'.repeat(64)}` },
  profile: 'production',
} as const;
const minimal = network({ network: { flowLogs: 'none' } });
const maximal = network({
  ...PRODUCTION,
  accountId: '123456789012',
  permissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/boundary',
  kmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  owner: 'me',
  expiresAt: '2026-11-24T18:00:00Z',
  tags: { team: 'speed' },
  network: { cidr: '10.60.0.0/20', availabilityZones: 3, nat: 'perZone', interfaceEndpoints: true, flowLogs: 'all' },
});
const existing = network({
  network: {
    existing: {
      vpcId: 'vpc-0123456789abcdef0',
      publicSubnetIds: ['subnet-00000001', 'subnet-00000002'],
      privateSubnetIds: ['subnet-00000003', 'subnet-00000004'],
    },
  },
});

describe('the network, synthesized', () => {
  it.each([
    ['at its smallest', minimal],
    ['at its largest', maximal],
    ['somebody else’s', existing],
  ])('%s', (_what, stack) => {
    expect(stack.snapshot).toMatchSnapshot();
  });

  it('keeps the addresses of what people would miss', () => {
    const stateful = /^aws_(?:vpc|subnet|nat_gateway|eip|cloudwatch_log_group|security_group|default_security_group)\./;
    expect(maximal.addresses.filter((address) => stateful.test(address))).toEqual([
      'aws_cloudwatch_log_group.flow-logs_group',
      'aws_default_security_group.vpc_default-group',
      'aws_eip.nat_address-0',
      'aws_eip.nat_address-1',
      'aws_eip.nat_address-2',
      'aws_nat_gateway.nat_gateway-0',
      'aws_nat_gateway.nat_gateway-1',
      'aws_nat_gateway.nat_gateway-2',
      'aws_security_group.endpoints_group',
      'aws_subnet.data_subnet-0',
      'aws_subnet.data_subnet-1',
      'aws_subnet.data_subnet-2',
      'aws_subnet.private_subnet-0',
      'aws_subnet.private_subnet-1',
      'aws_subnet.private_subnet-2',
      'aws_subnet.public_subnet-0',
      'aws_subnet.public_subnet-1',
      'aws_subnet.public_subnet-2',
      'aws_vpc.vpc',
    ]);
  });
});

describe('the VPC', () => {
  it('resolves the names of EFS and of endpoints', () => {
    expect(minimal.resource('aws_vpc')).toMatchObject({ enable_dns_support: true, enable_dns_hostnames: true });
  });

  it('has a default security group without a single rule', () => {
    const group = minimal.resource('aws_default_security_group');
    expect(group).not.toHaveProperty('ingress');
    expect(group).not.toHaveProperty('egress');
    expect(minimal.outputs.defaultSecurityGroupId).toBe('${aws_default_security_group.vpc_default-group.id}');
  });

  it('is in the first zones that need no opting in', () => {
    expect(minimal.dataSources('aws_availability_zones').zones).toEqual({
      state: 'available',
      filter: [{ name: 'opt-in-status', values: ['opt-in-not-required'] }],
    });
  });
});

describe('the subnets', () => {
  const subnets = maximal.resources('aws_subnet');

  it('are one a zone in three tiers, in the ranges of the plan', () => {
    const ranges = Object.fromEntries(Object.entries(subnets).map(([name, { cidr_block: range }]) => [name, range]));
    expect(ranges).toEqual({
      'private_subnet-0': '10.60.0.0/22',
      'private_subnet-1': '10.60.4.0/22',
      'private_subnet-2': '10.60.8.0/22',
      'public_subnet-0': '10.60.12.0/25',
      'public_subnet-1': '10.60.12.128/25',
      'public_subnet-2': '10.60.13.0/25',
      'data_subnet-0': '10.60.13.128/25',
      'data_subnet-1': '10.60.14.0/25',
      'data_subnet-2': '10.60.14.128/25',
    });
  });

  it('take the ranges that somebody chose', () => {
    const chosen = {
      public: ['10.40.0.0/26', '10.40.0.64/26'],
      private: ['10.40.2.0/23', '10.40.4.0/23'],
      data: ['10.40.0.128/27', '10.40.0.160/27'],
    };
    const stack = network({ network: { subnets: chosen } });
    expect(
      Object.values(stack.resources('aws_subnet'))
        .map(({ cidr_block: range }) => range)
        .sort(),
    ).toEqual([...chosen.public, ...chosen.private, ...chosen.data].sort());
  });

  it('give nothing a public address by themselves', () => {
    expect(Object.values(subnets).map((subnet) => subnet.map_public_ip_on_launch)).toEqual(Array(9).fill(false));
  });

  it('stay in their zones when the region gets another one, and wait for Lambda’s interfaces', () => {
    for (const subnet of Object.values(subnets)) {
      expect(subnet).toMatchObject({
        lifecycle: { ignore_changes: ['availability_zone'] },
        timeouts: { delete: '60m' },
      });
    }
  });
});

describe('the routes', () => {
  const targets = (stack: SynthesizedStack): string[] =>
    Object.values(stack.resources('aws_route')).map(
      (route) => `${String(route.route_table_id)} -> ${String(route.gateway_id ?? route.nat_gateway_id)}`,
    );

  it('lead the public tier to the internet, the private one through a NAT of its zone, the data tier nowhere', () => {
    expect(targets(maximal)).toEqual([
      '${aws_route_table.public_routes.id} -> ${aws_internet_gateway.internet.id}',
      '${aws_route_table.private_routes-0.id} -> ${aws_nat_gateway.nat_gateway-0.id}',
      '${aws_route_table.private_routes-1.id} -> ${aws_nat_gateway.nat_gateway-1.id}',
      '${aws_route_table.private_routes-2.id} -> ${aws_nat_gateway.nat_gateway-2.id}',
    ]);
  });

  it('lead all private zones through one NAT when it is single', () => {
    expect(targets(minimal).slice(1)).toEqual([
      '${aws_route_table.private_routes-0.id} -> ${aws_nat_gateway.nat_gateway-0.id}',
      '${aws_route_table.private_routes-1.id} -> ${aws_nat_gateway.nat_gateway-0.id}',
    ]);
  });

  it('change their targets only, when NAT goes from single to one a zone', () => {
    const single = network();
    const perZone = network({ network: { nat: 'perZone' } });
    expect(single.addresses.filter((address) => !perZone.addresses.includes(address))).toEqual([]);
    expect(perZone.addresses.filter((address) => !single.addresses.includes(address))).toEqual([
      'aws_eip.nat_address-1',
      'aws_nat_gateway.nat_gateway-1',
    ]);
  });

  it('lead nowhere from the private tier without NAT', () => {
    const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/litellm:v1.108.7';
    const stack = network({
      network: { nat: 'none', interfaceEndpoints: true },
      proxy: { image },
      mockOpenai: 'none',
      loadGenerator: 'none',
    });
    expect(targets(stack)).toEqual(['${aws_route_table.public_routes.id} -> ${aws_internet_gateway.internet.id}']);
    expect(stack.resources('aws_nat_gateway')).toEqual({});
  });

  it('have NAT wait for the internet gateway', () => {
    expect(minimal.resource('aws_nat_gateway').depends_on).toEqual(['aws_internet_gateway.internet']);
  });
});

describe('the endpoints', () => {
  it('always reach S3, from every tier', () => {
    expect(minimal.resource('aws_vpc_endpoint')).toMatchObject({
      vpc_endpoint_type: 'Gateway',
      service_name: 'com.amazonaws.us-east-1.s3',
      route_table_ids: [
        '${aws_route_table.public_routes.id}',
        '${aws_route_table.private_routes-0.id}',
        '${aws_route_table.private_routes-1.id}',
        '${aws_route_table.data_routes.id}',
      ],
    });
  });

  it('reach what a task needs before its container runs, by choice', () => {
    const services = Object.values(maximal.resources('aws_vpc_endpoint')).map(({ service_name: name }) => name);
    expect(services).toEqual(
      ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'ssm', 's3'].map((name) => `com.amazonaws.us-east-1.${name}`),
    );
  });

  it('let in HTTPS from the VPC, and nothing out', () => {
    expect(maximal.resource('aws_vpc_security_group_ingress_rule')).toMatchObject({
      cidr_ipv4: '${aws_vpc.vpc.cidr_block}',
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
    });
    expect(maximal.resources('aws_vpc_security_group_egress_rule')).toEqual({});
  });
});

describe('the flow logs', () => {
  const statements = (text: unknown): unknown => (JSON.parse(String(text)) as { Statement: unknown }).Statement;

  it.each([
    ['reject', 'REJECT'],
    ['all', 'ALL'],
  ] as const)('of %s are asked of AWS as %s', (flowLogs, trafficType) => {
    expect(network({ network: { flowLogs } }).resource('aws_flow_log').traffic_type).toBe(trafficType);
  });

  it('are kept as long as the profile says, under the customer’s key', () => {
    expect(network().resource('aws_cloudwatch_log_group').retention_in_days).toBe(30);
    expect(maximal.resource('aws_cloudwatch_log_group')).toMatchObject({
      retention_in_days: 365,
      kms_key_id: 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    });
  });

  it('are written by a role that only flow logs of this account may use, to this group only', () => {
    expect(statements(maximal.resource('aws_iam_role').assume_role_policy)).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': '123456789012' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:ec2:us-east-1:123456789012:vpc-flow-log/*' },
        },
      },
    ]);
    const group = '${aws_cloudwatch_log_group.flow-logs_group.arn}';
    expect(statements(maximal.resource('aws_iam_role_policy').policy)).toEqual([
      {
        Effect: 'Allow',
        Action: expect.not.arrayContaining(['logs:*']) as string[],
        Resource: [group, `${group}:*`],
      },
    ]);
  });

  it('are all that is granted to anybody, and the wide part of it are the streams of their group', () => {
    const streams = '${aws_cloudwatch_log_group.flow-logs_group.arn}:*';
    expect(widelyGranted(maximal)).toEqual(
      ['CreateLogStream', 'DescribeLogGroups', 'DescribeLogStreams', 'PutLogEvents'].map(
        (action) => `logs:${action} on ${streams}`,
      ),
    );
  });

  it('are not there when nobody wants them', () => {
    expect(minimal.addresses.filter((address) => /flow|iam|log/.test(address))).toEqual([]);
  });
});

describe('somebody else’s network', () => {
  it('is not touched', () => {
    expect(existing.addresses).toEqual([]);
  });

  it('is published like our own', () => {
    expect(Object.keys(existing.outputs).sort()).toEqual(Object.keys(minimal.outputs).sort());
    expect(existing.outputs).toMatchObject({
      publicSubnetIds: ['subnet-00000001', 'subnet-00000002'],
      privateSubnetIds: ['subnet-00000003', 'subnet-00000004'],
      dataSubnetIds: ['subnet-00000003', 'subnet-00000004'],
    });
  });

  it('is refused by the plan when tasks could not find EFS, or a subnet lies elsewhere', () => {
    expect(existing.dataSources('aws_vpc').existing_vpc).toMatchObject({
      lifecycle: { postcondition: [{ condition: '${self.enable_dns_support && self.enable_dns_hostnames}' }] },
    });
    expect(existing.dataSources('aws_subnet')['existing_public-0']).toMatchObject({
      id: 'subnet-00000001',
      lifecycle: { postcondition: [{ condition: '${self.vpc_id == "vpc-0123456789abcdef0"}' }] },
    });
  });
});
