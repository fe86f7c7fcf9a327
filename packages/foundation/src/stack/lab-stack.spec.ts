import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { App, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { synthesize, testEnvironment, type EnvironmentInput } from '../testing';
import { EphemeralResource } from './ephemeral-resource';
import { LabStack, partitionOf } from './lab-stack';

function stackOf(sections: Partial<EnvironmentInput>, build: (stack: LabStack) => void = () => undefined) {
  const { 'trial-test': stack } = synthesize((app) => {
    build(new LabStack(app, 'trial', testEnvironment(sections)));
  });
  if (stack === undefined) throw new Error('no stack');
  return stack;
}

describe('every stack', () => {
  it('needs a Terraform and a provider, named whole', () => {
    expect(stackOf({}).json.terraform).toMatchObject({
      required_version: '>= 1.11.0',
      required_providers: { aws: { source: 'hashicorp/aws', version: '~> 6.25' } },
    });
  });

  it('keeps its state where the environment says', () => {
    expect(stackOf({}).json.terraform).toMatchObject({
      backend: { s3: { key: 'loadlab/test/trial.tfstate', encrypt: true, use_lockfile: true } },
    });
  });

  it('works in the region, and in any account', () => {
    expect(stackOf({ region: 'eu-west-1' }).json.provider).toEqual({
      aws: [{ region: 'eu-west-1', default_tags: expect.any(Array) as unknown[] }],
    });
  });

  it('refuses other accounts, and assumes a role, when told', () => {
    const role = 'arn:aws:iam::123456789012:role/deployer';
    const { json } = stackOf({ accountId: '123456789012', assumeRoleArn: role });
    expect(json.provider).toMatchObject({
      aws: [{ allowed_account_ids: ['123456789012'], assume_role: [{ role_arn: role }] }],
    });
  });

  it('tags everything with whose it is, and until when', () => {
    const { json } = stackOf({ owner: 'me', expiresAt: '2026-11-24T18:00:00Z', tags: { team: 'speed' } });
    const tags = {
      owner: 'me',
      environment: 'test',
      project: 'loadlab',
      stack: 'trial',
      'expires-at': '2026-11-24T18:00:00Z',
      team: 'speed',
    };
    expect(json.provider).toMatchObject({ aws: [{ default_tags: [{ tags }] }] });
  });

  it('puts the permissions boundary on every role, whoever makes it', () => {
    const boundary = 'arn:aws:iam::123456789012:policy/boundary';
    const build = (stack: LabStack): void => {
      new IamRole(new Construct(stack, 'part'), 'role', { assumeRolePolicy: '{}' });
    };
    expect(stackOf({ permissionsBoundaryArn: boundary }, build).resource('aws_iam_role')).toMatchObject({
      permissions_boundary: boundary,
    });
    expect(stackOf({}, build).resource('aws_iam_role')).not.toHaveProperty('permissions_boundary');
  });
});

describe('names in Terraform', () => {
  it('are the constructs’ own, without a hash', () => {
    const { addresses } = stackOf({}, (stack) => {
      const part = new Construct(stack, 'vpc');
      new Vpc(part, 'Resource', {});
      new Vpc(new Construct(part, 'inner'), 'other', {});
    });
    expect(addresses).toEqual(['aws_vpc.vpc', 'aws_vpc.vpc_inner_other']);
  });

  it('are never given twice', () => {
    expect(() =>
      stackOf({}, (stack) => {
        new Vpc(new Construct(stack, 'a'), 'b_c', {});
        new Vpc(new Construct(stack, 'a_b'), 'c', {});
      }),
    ).toThrow('trial-test/a_b/c and trial-test/a/b_c would both be called a_b_c');
  });
});

describe('what a stack knows of itself', () => {
  it('is the account that it is told, or asks for once', () => {
    const told = stackOf({ accountId: '123456789012' }, (stack) => {
      expect(stack.arn('logs', 'log-group:x')).toBe('arn:aws:logs:us-east-1:123456789012:log-group:x');
    });
    expect(told.dataSources('aws_caller_identity')).toEqual({});
    const asked = stackOf({}, (stack) => {
      expect([stack.accountId, stack.accountId]).toEqual(Array(2).fill(expect.stringContaining('Tf')));
    });
    expect(Object.keys(asked.dataSources('aws_caller_identity'))).toEqual(['account']);
  });

  it.each([
    ['us-east-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])('in %s is of the partition %s', (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
  });

  it('is found from inside, and nowhere else', () => {
    stackOf({}, (stack) => {
      expect(LabStack.of(new Construct(stack, 'part'))).toBe(stack);
    });
    const bare = new TerraformStack(new App({ outdir: 'cdktf.out' }), 'bare');
    expect(LabStack.isLabStack(bare)).toBe(false);
    expect(() => LabStack.of(new Construct(bare, 'part'))).toThrow('bare/part is in no LabStack');
  });
});

describe('an ephemeral resource', () => {
  it('is written as Terraform reads it, with references to others', () => {
    const { json } = stackOf({}, (stack) => {
      const vpc = new Vpc(stack, 'vpc', {});
      const part = new Construct(stack, 'password');
      const random = new EphemeralResource(part, 'random', 'aws_secretsmanager_random_password', {
        password_length: 40,
      });
      const read = new EphemeralResource(part, 'read', 'aws_secretsmanager_secret_version', { secret_id: vpc.id });
      expect(random.expression('random_password')).toBe(
        '${ephemeral.aws_secretsmanager_random_password.password_random.random_password}',
      );
      expect(read.friendlyUniqueId).toBe('password_read');
    });
    expect(json.ephemeral).toEqual({
      aws_secretsmanager_random_password: { password_random: { password_length: 40 } },
      aws_secretsmanager_secret_version: { password_read: { secret_id: '${aws_vpc.vpc.id}' } },
    });
  });
});
