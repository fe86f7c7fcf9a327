import type { KnownValues } from '../../src/protocol/value';
import { DirectProvider } from './direct-provider';
import { idOf, smallNetwork, textOf, type SmallNetwork } from './small-network';

let aws: DirectProvider;
let network: SmallNetwork;
beforeEach(async () => {
  aws = await DirectProvider.start();
  network = await smallNetwork(aws);
});
afterEach(() => aws.stop());

describe('a subnet', () => {
  it.each([
    ['outside its VPC', { cidr_block: '10.41.0.0/24' }, "InvalidSubnet.Range: The CIDR '10.41.0.0/24' is invalid."],
    ['larger than its VPC', { cidr_block: '10.0.0.0/8' }, 'InvalidSubnet.Range'],
    ['smaller than /28', { cidr_block: '10.40.9.0/29' }, 'InvalidSubnet.Range'],
    [
      'over another',
      { cidr_block: '10.40.0.128/25' },
      "InvalidSubnet.Conflict: The CIDR '10.40.0.128/25' conflicts with another subnet",
    ],
    [
      'in no zone',
      { cidr_block: '10.40.9.0/24', availability_zone: 'us-east-1z' },
      'Value (us-east-1z) for parameter availabilityZone is invalid',
    ],
    ['with bits behind its prefix', { cidr_block: '10.40.9.1/24' }, '"10.40.9.1/24" is not a valid CIDR block'],
    [
      'in no VPC',
      { vpc_id: 'vpc-0', cidr_block: '10.40.9.0/24' },
      "InvalidVpcID.NotFound: The vpc ID 'vpc-0' does not exist",
    ],
  ])('is refused %s', async (_case, config: KnownValues, message) => {
    const { errors } = await aws.apply('aws_subnet', { vpc_id: network.vpcId, ...config });
    expect(errors.join()).toContain(message);
  });

  it('is replaced when it moves, and changed in place otherwise', async () => {
    const before = await aws.make('aws_subnet', { vpc_id: network.vpcId, cidr_block: '10.40.9.0/24' });
    const open = await aws.apply(
      'aws_subnet',
      { vpc_id: network.vpcId, cidr_block: '10.40.9.0/24', map_public_ip_on_launch: true },
      before,
    );
    const moved = await aws.apply('aws_subnet', { vpc_id: network.vpcId, cidr_block: '10.40.10.0/24' }, open.state);
    expect([open.replacedBecause, moved.replacedBecause]).toEqual([[], ['cidr_block']]);
    expect(moved.state?.id).not.toBe(before.id);
  });
});

describe('what is in use stays', () => {
  it.each([
    ['a VPC with subnets', 'aws_vpc', () => network.vpc, 'has dependencies and cannot be deleted'],
    [
      'a subnet with a mount target',
      'aws_subnet',
      () => ({ id: network.subnetIds[0] ?? '', region: 'us-east-1' }),
      'DependencyViolation: The subnet',
    ],
    [
      'a security group that a mount target has',
      'aws_security_group',
      () => ({ id: network.groupId, region: 'us-east-1' }),
      'has a dependent object',
    ],
  ])('%s', async (_case, type, state, message) => {
    const files = await aws.make('aws_efs_file_system', {});
    await aws.make('aws_efs_mount_target', {
      file_system_id: idOf(files),
      subnet_id: network.subnetIds[0] ?? '',
      security_groups: [network.groupId],
    });
    const { errors } = await aws.destroy(type, state());
    expect(errors.join()).toContain(message);
    expect(errors.join()).toMatch(
      /^deleting EC2 .* StatusCode: 400, RequestID: [0-9a-f-]{36}, api error DependencyViolation/,
    );
  });

  it('a security group that a rule of another one names', async () => {
    const other = await aws.make('aws_security_group', { vpc_id: network.vpcId, name: 'other' });
    const rule = {
      security_group_id: idOf(other),
      referenced_security_group_id: network.groupId,
      ip_protocol: 'tcp',
      from_port: 80,
      to_port: 80,
    };
    await aws.make('aws_vpc_security_group_ingress_rule', rule);
    const { errors } = await aws.destroy('aws_security_group', { id: network.groupId, region: 'us-east-1' });
    expect(errors.join()).toContain(`DependencyViolation: resource ${network.groupId} has a dependent object`);
  });

  it('an internet gateway as long as a NAT gateway needs it', async () => {
    const gateway = await aws.make('aws_internet_gateway', { vpc_id: network.vpcId });
    const address = await aws.make('aws_eip', { domain: 'vpc' });
    const nat = await aws.make('aws_nat_gateway', {
      allocation_id: idOf(address),
      subnet_id: network.subnetIds[0] ?? '',
    });
    const early = await aws.destroy('aws_internet_gateway', gateway);
    expect(early.errors.join()).toContain('has some mapped public address(es)');
    await aws.destroy('aws_nat_gateway', nat);
    expect((await aws.destroy('aws_internet_gateway', gateway)).errors).toEqual([]);
  });
});

describe('security group rules', () => {
  const rule = (more: KnownValues): KnownValues => ({
    security_group_id: network.groupId,
    ip_protocol: 'tcp',
    from_port: 443,
    to_port: 443,
    cidr_ipv4: '10.40.0.0/16',
    ...more,
  });

  it('are unique', async () => {
    await aws.make('aws_vpc_security_group_ingress_rule', rule({}));
    const { errors } = await aws.apply('aws_vpc_security_group_ingress_rule', rule({ description: 'again' }));
    expect(errors.join()).toContain(
      'InvalidPermission.Duplicate: the specified rule "peer: 10.40.0.0/16, TCP, from port: 443, to port: 443, ALLOW" already exists',
    );
  });

  it.each([
    ['two peers', { referenced_security_group_id: 'sg-1' }, 'Exactly one of these attributes must be configured'],
    ['no peer', { cidr_ipv4: null }, 'Exactly one of these attributes must be configured'],
    ['no network', { cidr_ipv4: '10.40.0.1/16' }, 'must be a valid IPv4 CIDR that represents a network address'],
    ['no ports', { from_port: null }, 'Must specify both from and to ports with TCP/UDP'],
    ['ports the wrong way round', { from_port: 444 }, 'Invalid TCP port range'],
    [
      'a group that does not exist',
      { cidr_ipv4: null, referenced_security_group_id: 'sg-0' },
      "InvalidGroup.NotFound: The security group 'sg-0' does not exist",
    ],
  ])('are refused with %s', async (_case, more: KnownValues, message) => {
    const { errors } = await aws.apply('aws_vpc_security_group_egress_rule', rule(more));
    expect(errors.join()).toContain(message);
  });

  it('change in place, except for the kind of their peer', async () => {
    const before = await aws.make('aws_vpc_security_group_ingress_rule', rule({}));
    const widened = await aws.apply('aws_vpc_security_group_ingress_rule', rule({ cidr_ipv4: '10.0.0.0/8' }), before);
    const other = await aws.apply(
      'aws_vpc_security_group_ingress_rule',
      rule({ cidr_ipv4: null, referenced_security_group_id: network.groupId }),
      widened.state,
    );
    expect([widened.replacedBecause, other.replacedBecause]).toEqual([
      [],
      ['cidr_ipv4', 'referenced_security_group_id'],
    ]);
  });

  it('go with their group', async () => {
    const made = await aws.make('aws_vpc_security_group_ingress_rule', rule({}));
    await aws.destroy('aws_security_group', { id: network.groupId, region: 'us-east-1' });
    expect(await aws.read('aws_vpc_security_group_ingress_rule', made)).toBeNull();
  });
});

describe('ways in and out', () => {
  it('a public NAT gateway needs an internet gateway', async () => {
    const address = await aws.make('aws_eip', { domain: 'vpc' });
    const nat = { allocation_id: idOf(address), subnet_id: network.subnetIds[0] ?? '' };
    expect((await aws.apply('aws_nat_gateway', nat)).errors.join()).toContain(
      `Network ${network.vpcId} has no Internet gateway attached`,
    );
  });

  it('an address serves one gateway, and cannot go before it', async () => {
    await aws.make('aws_internet_gateway', { vpc_id: network.vpcId });
    const address = await aws.make('aws_eip', { domain: 'vpc' });
    const nat = (subnet: number): KnownValues => ({
      allocation_id: idOf(address),
      subnet_id: network.subnetIds[subnet] ?? '',
    });
    const made = await aws.make('aws_nat_gateway', nat(0));
    expect(made.public_ip).toBe(address.public_ip);
    expect((await aws.apply('aws_nat_gateway', nat(1))).errors.join()).toContain('is already associated');
    expect((await aws.destroy('aws_eip', address)).errors.join()).toContain('InvalidIPAddress.InUse');
  });

  it('a route table has one route to a destination', async () => {
    const table = await aws.make('aws_route_table', { vpc_id: network.vpcId });
    const gateway = await aws.make('aws_internet_gateway', { vpc_id: network.vpcId });
    const route = { route_table_id: idOf(table), destination_cidr_block: '0.0.0.0/0', gateway_id: idOf(gateway) };
    const made = await aws.make('aws_route', route);
    // The provider's own checksum: crc32("0.0.0.0/0").
    expect(made.id).toBe(`r-${idOf(table)}1080289494`);
    expect((await aws.apply('aws_route', route)).errors.join()).toContain(
      'The route identified by 0.0.0.0/0 already exists.',
    );
  });

  it('an interface endpoint takes private names only where the VPC has names', async () => {
    const bare = await aws.make('aws_vpc', { cidr_block: '10.50.0.0/16' });
    const endpoint = {
      vpc_id: idOf(bare),
      service_name: 'com.amazonaws.us-east-1.logs',
      vpc_endpoint_type: 'Interface',
      private_dns_enabled: true,
    };
    const { errors } = await aws.apply('aws_vpc_endpoint', endpoint);
    expect(errors.join()).toContain('Enabling private DNS requires both enableDnsSupport and enableDnsHostnames');
  });
});

describe('the default security group', () => {
  it('comes and goes with its VPC, whoever adopted it', async () => {
    const adopted = await aws.make('aws_default_security_group', { vpc_id: network.vpcId });
    expect(adopted).toMatchObject({
      id: textOf(network.vpc, 'default_security_group_id'),
      name: 'default',
      ingress: [],
      egress: [],
    });
    await aws.destroy('aws_default_security_group', adopted);
    expect(await aws.read('aws_default_security_group', adopted)).not.toBeNull();
    for (const id of network.subnetIds) await aws.destroy('aws_subnet', { id, region: 'us-east-1' });
    await aws.destroy('aws_security_group', { id: network.groupId, region: 'us-east-1' });
    await aws.destroy('aws_vpc', network.vpc);
    expect(aws.account.read().all()).toEqual([]);
  });
});
