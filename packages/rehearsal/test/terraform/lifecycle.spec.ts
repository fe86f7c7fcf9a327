import { readFileSync, writeFileSync } from 'node:fs';
import { smallVpc } from './small-vpc';
import { TerraformFolder, type Configuration } from './terraform-folder';

jest.setTimeout(60_000);

const lab = new TerraformFolder();
beforeAll(async () => {
  await lab.start();
  lab.write(smallVpc());
  await lab.init();
});
beforeEach(() => {
  lab.reset();
  lab.write(smallVpc());
});
afterAll(() => lab.stop());

describe('a stack that is deployed', () => {
  beforeEach(() => lab.apply());

  it('has nothing left to do, and leaves nothing behind', async () => {
    expect(await lab.plan()).toEqual({});
    await lab.must('destroy', '-auto-approve');
    expect(lab.account.read().all()).toEqual([]);
  });

  it('changes in place what AWS changes in place, and replaces the rest, saying why', async () => {
    lab.write(smallVpc({ vpc: { enable_dns_hostnames: true }, subnet: { cidr_block: '10.40.9.0/24' } }));
    expect(await lab.plan()).toEqual({ 'aws_vpc.main': 'update', 'aws_subnet.a': 'replace: cidr_block' });
    await lab.apply();
    expect(await lab.plan()).toEqual({});
  });

  it('replaces what hangs on something that is replaced', async () => {
    lab.write(smallVpc({ vpc: { cidr_block: '10.40.0.0/17' } }));
    expect(await lab.plan()).toEqual({
      'aws_vpc.main': 'replace: cidr_block',
      'aws_subnet.a': 'replace: vpc_id',
      'aws_subnet.b': 'replace: vpc_id',
      'aws_security_group.members': 'replace: vpc_id',
      'aws_vpc_security_group_egress_rule.out': 'replace: security_group_id',
    });
    await lab.apply();
    expect(await lab.plan()).toEqual({});
    expect(lab.account.read().ofType('aws_vpc')).toHaveLength(1);
  });

  it('shows what somebody changed by hand in the account, and repairs it', async () => {
    const edited = readFileSync(lab.accountFile, 'utf8').replace(
      '"enable_dns_support": true',
      '"enable_dns_support": false',
    );
    writeFileSync(lab.accountFile, edited);
    expect(await lab.plan()).toEqual({ 'aws_vpc.main': 'update' });
    await lab.apply();
    expect(lab.account.read().ofType('aws_vpc')[0]?.attributes.enable_dns_support).toBe(true);
  });

  it('makes again what somebody deleted by hand', async () => {
    await lab.account.change((account) =>
      account
        .ofType('aws_subnet')
        .slice(0, 1)
        .forEach((subnet) => account.remove(subnet)),
    );
    expect(Object.values(await lab.plan())).toEqual(['create']);
    await lab.apply();
    expect(await lab.plan()).toEqual({});
  });

  it('can be taken over by a state that knows nothing of it', async () => {
    const [vpc] = lab.account.read().ofType('aws_vpc');
    await lab.must('state', 'rm', 'aws_vpc.main');
    await lab.must('import', 'aws_vpc.main', vpc?.id ?? '');
    expect(await lab.plan()).toEqual({});
  });

  it('imports nothing that does not exist', async () => {
    await lab.must('state', 'rm', 'aws_vpc.main');
    const { exitCode, stderr } = await lab.terraform('import', 'aws_vpc.main', 'vpc-0000');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Cannot import non-existent remote object');
  });

  it('moves without touching AWS', async () => {
    const renamed = JSON.stringify(smallVpc())
      .replace('"a":', '"first":')
      .replace('aws_subnet.a.', 'aws_subnet.first.');
    lab.write({
      ...(JSON.parse(renamed) as Configuration),
      moved: [{ from: 'aws_subnet.a', to: 'aws_subnet.first' }],
    });
    expect(await lab.plan()).toEqual({});
  });
});

describe('a stack that AWS would refuse', () => {
  it('is refused at validation for what needs no account, all of it at once', async () => {
    lab.write({
      resource: {
        aws_vpc: { big: { cidr_block: '10.0.0.0/8' } },
        aws_lb_target_group: { long: { name: 'x'.repeat(40), port: 80, protocol: 'HTTP' } },
        aws_ecs_service: { s: { name: 's', launch_type: 'FARGAT' } },
      },
    });
    const { exitCode, stderr } = await lab.terraform('validate');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/to contain a network Value with between 16 and 28 significant bits, got: 8/);
    expect(stderr).toMatch(/"name" cannot be longer than 32 characters/);
    expect(stderr).toMatch(/expected launch_type to be one of \["EC2" "FARGATE" "EXTERNAL".*, got FARGAT/);
    // With the line that is at fault.
    expect(stderr).toContain('in resource.aws_vpc.big');
  });

  it('is refused for misspelt and missing arguments, by the schema', async () => {
    lab.write({ resource: { aws_ecs_cluster: { c: { nam: 'lab' } } } });
    const { stderr } = await lab.terraform('validate');
    expect(stderr).toContain('The argument "name" is required');
    expect(stderr).toContain('No argument or block type is named "nam". Did you mean "name"?');
  });

  it("fails at the apply with AWS's own words, keeps what was made, and goes on once it is mended", async () => {
    lab.write(smallVpc({ subnet: { cidr_block: '10.99.0.0/24' } }));
    const failed = await lab.terraform('apply', '-auto-approve');
    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).toMatch(
      /creating EC2 Subnet: operation error EC2: CreateSubnet, https response error StatusCode: 400, RequestID: \S+, api error InvalidSubnet.Range: The CIDR '10.99.0.0\/24' is invalid/,
    );
    lab.write(smallVpc());
    expect(await lab.plan()).toEqual({ 'aws_subnet.a': 'create' });
    await lab.apply();
    expect(await lab.plan()).toEqual({});
  });
});
