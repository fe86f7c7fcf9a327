import { TerraformStack, Testing } from 'cdktf';
import { stackWith } from '../test/test-stack';
import { accountId, arn, labStackOf, physicalName } from './stack-facts';

function facts<T>(read: (scope: Parameters<typeof labStackOf>[0]) => T, sections?: Parameters<typeof stackWith>[1]): T {
  const results: T[] = [];
  stackWith((stack) => void results.push(read(stack)), sections);
  return results[0]!;
}

test('names tell whose they are', () => {
  expect(facts((scope) => physicalName(scope, 'publisher'))).toBe('loadlab-test-trial-publisher');
  expect(facts((scope) => physicalName(scope, ''))).toBe('loadlab-test-trial');
});

test('a name that is too long is cut, and stays unique', () => {
  const name = (what: string) => facts((scope) => physicalName(scope, `function-with-a-long-name-${what}`, 32));

  expect(name('one')).toMatch(/^loadlab-test-trial-functi-[0-9a-f]{6}$/);
  expect(name('one')).toHaveLength(32);
  expect(name('one')).not.toBe(name('two'));
});

test.each([
  ['us-east-1', 'arn:aws:ecs:us-east-1:123456789012:*'],
  ['us-gov-west-1', 'arn:aws-us-gov:ecs:us-gov-west-1:123456789012:*'],
  ['cn-north-1', 'arn:aws-cn:ecs:cn-north-1:123456789012:*'],
])('an ARN in %s', (region, expected) => {
  expect(facts((scope) => arn(scope, 'ecs', '*'), { region, accountId: '123456789012' })).toBe(expected);
});

test('asks Terraform for the account once when the environment does not say', () => {
  const stack = stackWith((scope) => {
    accountId(scope);
    accountId(scope);
  }, {});

  expect(Object.keys(stack.dataSources('aws_caller_identity'))).toEqual(['account']);
});

test('refuses a stack without an environment', () => {
  const stack = new TerraformStack(Testing.app(), 'plain');

  expect(() => labStackOf(stack)).toThrow('is in no LabStack');
});
