import type { LabStack } from '@loadlab/foundation/stack';
import { FargateService, PublishedFiles } from '../src';
import { maximalStack } from './maximal-stack';
import { container, network, stackWith, statementsOf, type Statement } from './test-stack';

function minimalStack(stack: LabStack): void {
  const files = new PublishedFiles(stack, 'bundle', { network, name: 'app', files: { 'main.js': Uint8Array.of(1) } });
  new FargateService(stack, 'service', {
    network,
    name: 'web',
    containers: [container({ mountPoints: [files.mountPoint('app')] })],
    cpu: 0.25,
    memoryGb: 0.5,
    desiredTasks: 1,
    files: { app: files },
  });
}

const minimal = stackWith(minimalStack);
const maximal = stackWith(maximalStack, { accountId: '123456789012', profile: 'production' });

test('a stack with little', () => {
  expect(minimal.snapshot).toMatchSnapshot();
});

test('a stack with everything', () => {
  expect(maximal.snapshot).toMatchSnapshot();
});

test('synthesized twice, the same', () => {
  expect(JSON.stringify(stackWith(minimalStack).json)).toBe(JSON.stringify(minimal.json));
});

// Another address is another resource: the old one would be destroyed, with what is in it.
test('what holds something keeps its address', () => {
  const holding = /^aws_(efs_file_system|s3_bucket|lb|ecs_cluster|service_discovery_private_dns_namespace)\./;

  expect(maximal.addresses.filter((address) => holding.test(address))).toEqual(
    [
      'aws_ecs_cluster.cluster',
      'aws_efs_file_system.config_file-system',
      'aws_lb.entry_internal',
      'aws_lb.entry_public',
      'aws_s3_bucket.entry_public_access-logs_bucket',
      'aws_s3_bucket.entry_internal_access-logs_bucket',
      'aws_s3_bucket.results',
      'aws_service_discovery_private_dns_namespace.service_discovery_namespace',
    ].sort(),
  );
});

describe('permissions', () => {
  const rolePolicies: readonly [string, Statement][] = Object.entries(maximal.resources('aws_iam_role_policy')).flatMap(
    ([name, policy]) => statementsOf(policy).map((statement): [string, Statement] => [name, statement]),
  );
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

  test('never name an action by a wildcard', () => {
    const actions = rolePolicies.flatMap(([, { Action }]) => list(Action));

    expect(actions.filter((action) => String(action).includes('*'))).toEqual([]);
  });

  // Each of these is commented where it is granted: AWS knows no narrower resource.
  test('name all resources only where AWS knows no other', () => {
    const open = rolePolicies.filter(([, { Resource }]) => list(Resource).includes('*'));

    expect(new Set(open.flatMap(([, { Action }]) => list(Action)))).toEqual(
      new Set(['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ecs:ListTasks', 'ecr:GetAuthorizationToken']),
    );
  });

  test('roles are for the services of this account alone', () => {
    const trusts = Object.values(maximal.resources('aws_iam_role')).flatMap((role) =>
      statementsOf(role, 'assume_role_policy'),
    );

    expect(trusts.length).toBeGreaterThan(5);
    for (const { Condition } of trusts) {
      expect(Condition).toMatchObject({ StringEquals: { 'aws:SourceAccount': '123456789012' } });
    }
  });

  test('a task may pass its roles to nobody but ECS', () => {
    const passing = rolePolicies.map(([, statement]) => statement).filter(({ Action }) => Action === 'iam:PassRole');

    expect(passing).toEqual([
      expect.objectContaining({
        Resource: ['${aws_iam_role.migration_task-role.arn}', '${aws_iam_role.migration_execution-role.arn}'],
        Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      }),
    ]);
  });

  test('ECS reads exactly the secrets and images that the containers name', () => {
    const of = (name: string) => statementsOf(maximal.resources('aws_iam_role_policy')[name]);

    expect(of('service_task_execution-role_secrets')[0]).toMatchObject({
      Resource: [
        'arn:aws:secretsmanager:us-east-1:123456789012:secret:web/key-AbCdEf',
        'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf',
      ],
    });
    expect(of('service_task_execution-role_images')[0]).toMatchObject({
      Resource: ['arn:aws:ecr:us-east-1:123456789012:repository/web'],
    });
  });
});

test('security groups have no rules of their own, and each rule says why', () => {
  for (const group of Object.values(maximal.resources('aws_security_group'))) {
    expect(group).not.toHaveProperty('ingress');
    expect(group).not.toHaveProperty('egress');
  }
  const rules = ['aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'].flatMap((type) =>
    Object.values(maximal.resources(type)),
  );
  expect(rules.length).toBeGreaterThan(10);
  for (const rule of rules) expect(rule.description).toMatch(/^[\w ,]{5,}$/);
});

test('production keeps logs for a year and protects what would be missed; a benchmark neither', () => {
  const retention = (stack: typeof maximal) =>
    Object.values(stack.resources('aws_cloudwatch_log_group')).map((group) => group.retention_in_days);

  expect(new Set(retention(maximal))).toEqual(new Set([365]));
  expect(new Set(retention(minimal))).toEqual(new Set([30]));
  expect(maximal.resources('aws_lb').entry_public).toMatchObject({ enable_deletion_protection: true });
  expect(maximal.resources('aws_s3_bucket').results).toMatchObject({ force_destroy: false });
});

describe('with a key of one’s own', () => {
  const key = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const secret = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:openai-AbCdEf';
  const stack = stackWith(
    (scope) => {
      maximalStack(scope);
      const files = new PublishedFiles(scope, 'app', { network, name: 'app', files: { 'main.js': Uint8Array.of(1) } });
      new FargateService(scope, 'keyed', {
        network,
        name: 'keyed',
        containers: [
          container({ mountPoints: [files.mountPoint('app')], secrets: [{ name: 'KEY', valueFrom: secret }] }),
        ],
        cpu: 0.25,
        memoryGb: 0.5,
        desiredTasks: 1,
        files: { app: files },
      });
    },
    { accountId: '123456789012', kmsKeyArn: key },
  );

  test.each(['aws_cloudwatch_log_group', 'aws_efs_file_system'])('every %s is encrypted with it', (type) => {
    expect(new Set(Object.values(stack.resources(type)).map(({ kms_key_id: id }) => id))).toEqual(new Set([key]));
  });

  test('ECS may decrypt the secrets of a task, through Secrets Manager only', () => {
    const policies = stack.resources('aws_iam_role_policy');

    expect(statementsOf(policies['keyed_task_execution-role_own-key'])).toEqual([
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: key,
        Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' } },
      },
    ]);
  });
});
