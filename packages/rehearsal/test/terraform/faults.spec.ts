import { parseFaults } from '../../src/faults/fault';
import { smallVpc } from './small-vpc';
import { TerraformFolder } from './terraform-folder';

jest.setTimeout(60_000);

const lab = new TerraformFolder();
beforeAll(async () => {
  await lab.start();
  lab.write(smallVpc());
  await lab.init();
});
beforeEach(async () => {
  lab.reset();
  lab.write(smallVpc());
  await lab.faults();
});
afterAll(() => lab.stop());

/** After whatever happened: runs again without faults, until nothing is left to do and nothing is left over. */
async function converges(): Promise<void> {
  await lab.faults();
  await lab.apply();
  expect(await lab.plan()).toEqual({});
  const types = lab.account
    .read()
    .all()
    .map(({ type }) => type);
  expect(types.sort()).toEqual([
    'aws_default_security_group',
    'aws_security_group',
    'aws_subnet',
    'aws_subnet',
    'aws_vpc',
    'aws_vpc_security_group_egress_rule',
  ]);
  await lab.must('destroy', '-auto-approve');
  expect(lab.account.read().all()).toEqual([]);
}

describe('an apply', () => {
  it.each<[string, string, number | undefined]>([
    ['aws_subnet:create:fail', 'api error InternalFailure', 2],
    ['aws_subnet:create:fail@2', 'api error InternalFailure', 1],
    ['aws_subnet.b:create:fail', 'with aws_subnet.b,', 1],
    ['aws_subnet.a:create:late', 'waiting for EC2 Subnet (subnet-', 1],
    ['*:create:expire@3', 'ExpiredToken: The security token included in the request is expired', undefined],
  ])('fails with %s, and converges when run again', async (spec, message, errors) => {
    await lab.faults(spec);
    const { exitCode, stderr } = await lab.terraform('apply', '-auto-approve');
    expect(exitCode).toBe(1);
    expect(stderr).toContain(message);
    // How many calls are under way when the credentials expire is Terraform's business.
    if (errors !== undefined) expect(stderr.match(/^Error: /gm)).toHaveLength(errors);
    await converges();
  });

  it('only takes longer when AWS says that calls come too fast', async () => {
    await lab.faults('aws_vpc:create:throttle');
    await lab.apply();
    await converges();
  });

  it('marks what was made but never became ready, and makes it anew', async () => {
    await lab.faults('aws_subnet.a:create:late');
    await lab.terraform('apply', '-auto-approve');
    await lab.faults();
    expect((await lab.plan())['aws_subnet.a']).toMatch(/^replace/);
  });

  it('hangs until it is interrupted, and ends in good order', async () => {
    await lab.faults('aws_subnet.a:create:hang');
    const apply = await lab.begin('aws_subnet.a: Creating', 'apply', '-auto-approve');
    apply.interrupt();
    const interrupted = await apply.result;
    expect(interrupted.stderr + interrupted.stdout).toContain('request context canceled');
    await converges();
  });

  it('killed in the middle leaves a state that says what there is', async () => {
    await lab.faults('aws_vpc_security_group_egress_rule:create:kill');
    const { exitCode } = await lab.terraform('apply', '-auto-approve');
    expect(exitCode).toBe(128 + 9);
    await converges();
  });

  it('whose provider crashes says so, and converges with another one', async () => {
    await lab.faults('aws_subnet.b:create:crash');
    const { exitCode, stderr } = await lab.terraform('apply', '-auto-approve');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/The plugin6?.*failed|Plugin did not respond|connection refused|error reading from server/);
    await lab.start();
    await converges();
  });
});

describe('a destroy', () => {
  beforeEach(() => lab.apply());

  it.each(['aws_subnet.a:delete:fail', 'aws_vpc:delete:late', 'aws_security_group:delete:expire'])(
    'that fails with %s can be repeated',
    async (spec) => {
      await lab.faults(spec);
      expect((await lab.terraform('destroy', '-auto-approve')).exitCode).toBe(1);
      await lab.faults();
      await lab.must('destroy', '-auto-approve');
      expect(lab.account.read().all()).toEqual([]);
    },
  );
});

describe('--fault', () => {
  it('says all that is wrong with it at once', () => {
    expect(() => parseFaults(['aws_vpc:create', 'aws_vpc:make:fail', 'vpc:create:explode@0'])).toThrow(
      [
        '--fault',
        '  aws_vpc:create        does not have the form <address or type>:<operation>:<kind>[@n]  -> for example aws_subnet:create:fail@2',
        '  aws_vpc:make:fail     "make" is no operation                                           -> create, read, update, delete',
        '  vpc:create:explode@0  "explode" is no kind of fault                                    -> fail, late, throttle, hang, expire, crash, kill',
        '  vpc:create:explode@0  "vpc" is neither a type nor an address                           -> aws_subnet, aws_subnet.private-0, or * for everything',
        '  vpc:create:explode@0  "0" is no count                                                  -> a whole number from 1',
      ].join('\n'),
    );
  });

  it('takes addresses with keys', () => {
    expect(parseFaults(['aws_subnet.private["a"]:create:fail@2'])).toEqual([
      { target: 'aws_subnet.private["a"]', operation: 'create', kind: 'fail', occurrence: 2 },
    ]);
  });
});
