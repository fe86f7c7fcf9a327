import {
  allowedManagedPolicies,
  allowedWildcards,
  judgeWildcards,
  policyStatements,
  type PolicyStatement,
  type StackFile,
} from '../src';
import { everyStack } from './profiles';

let stacks: StackFile[];
beforeAll(() => {
  stacks = everyStack();
});

it('policies allow no wildcard beyond those that AWS demands, and the table holds none that is not needed', () => {
  expect(judgeWildcards(stacks.flatMap(policyStatements), allowedWildcards)).toEqual({ tooWide: [], stale: [] });
});

it('every role, bucket and file system policy was read', () => {
  const read = new Set(stacks.flatMap(policyStatements).map(({ where }) => where));
  const policies = stacks.flatMap(({ id, json }) =>
    Object.entries(json.resource).flatMap(([type, byName]) =>
      Object.entries(byName).flatMap(([name, block]) =>
        ['policy', 'assume_role_policy', 'access_policy', 'resource_policy']
          .filter((attribute) => typeof block[attribute] === 'string')
          .map((attribute) => `${id}:${type}.${name}.${attribute}`),
      ),
    ),
  );
  expect(policies.length).toBeGreaterThan(50);
  expect(policies.filter((policy) => !read.has(policy))).toEqual([]);
});

it('roles get those policies of AWS alone that a service asks for', () => {
  const attached = stacks.flatMap(({ json }) => [
    ...Object.values(json.resource.aws_iam_role_policy_attachment ?? {}).map(({ policy_arn: arn }) => String(arn)),
    ...Object.values(json.resource.aws_iam_role ?? {}).flatMap(
      ({ managed_policy_arns: arns }) => (arns ?? []) as string[],
    ),
  ]);
  expect([...new Set(attached)].sort()).toEqual(Object.keys(allowedManagedPolicies).sort());
});

describe('the judge', () => {
  const statement: PolicyStatement = {
    where: 'a:role.policy',
    Effect: 'Allow',
    Action: ['ecs:ListTasks'],
    Resource: ['*'],
    Condition: { ArnEquals: { 'ecs:cluster': ['arn'] } },
  };
  const table = allowedWildcards.filter(({ condition }) => condition === 'ecs:cluster');

  it.each<[string, Partial<PolicyStatement>, string[]]>([
    ['takes what the table allows', {}, []],
    ['refuses it without its condition', { Condition: {} }, ['a:role.policy: allows ecs:ListTasks on *']],
    ['refuses a wide action', { Action: ['ecs:*'], Resource: ['arn'] }, ['a:role.policy: allows ecs:*']],
    ['refuses another action on everything', { Action: ['s3:GetObject'] }, ['a:role.policy: allows s3:GetObject on *']],
    ['refuses everybody', { Principal: { AWS: ['*'] } }, ['a:role.policy: allows everybody']],
    ['lets everything be denied', { Effect: 'Deny', Action: ['*'], Principal: '*', Condition: {} }, []],
  ])('%s', (_, changes, expected) => {
    expect(judgeWildcards([{ ...statement, ...changes }], table).tooWide).toEqual(expected);
  });

  it('names what the table holds in vain', () => {
    expect(judgeWildcards([], table).stale).toEqual(['ecs:ListTasks on /^\\*$/']);
  });

  it.each([
    ['what a policy leaves out', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
    ['an unknown effect', { Effect: 'allow', Action: 's3:GetObject', Resource: 'arn' }],
  ])('cannot be passed by %s', (_, planted) => {
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [planted] });
    const json = { resource: { aws_iam_role_policy: { planted: { policy } } }, data: {} };
    expect(() => policyStatements({ id: 'a', json })).toThrow('is no policy that can be judged');
  });
});
