import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { LabStack, policyDocument, type Statement } from '../stack';
import { widelyGranted } from './granted';
import { synthesize } from './synthesize';
import { testEnvironment } from './test-environment';

function granted(...statements: Statement[]): string[] {
  const { 'trial-test': stack } = synthesize((app) => {
    const trial = new LabStack(app, 'trial', testEnvironment());
    new IamRolePolicy(trial, 'policy', { role: 'x', policy: policyDocument(statements) });
  });
  return stack === undefined ? [] : widelyGranted(stack);
}

describe('what is granted widely', () => {
  it.each([
    ['a whole service', 's3:*', 'arn:aws:s3:::x', ['s3:* on arn:aws:s3:::x']],
    ['part of a service', 's3:Get*', 'arn:aws:s3:::x', ['s3:Get* on arn:aws:s3:::x']],
    ['everything', 's3:GetObject', '*', ['s3:GetObject on *']],
    ['all below', 's3:GetObject', 'arn:aws:s3:::x/*', ['s3:GetObject on arn:aws:s3:::x/*']],
    ['one thing', 's3:GetObject', 'arn:aws:s3:::x/y', []],
  ])('is seen: %s', (_what, action, resource, expected) => {
    expect(granted({ Effect: 'Allow', Action: [action], Resource: resource })).toEqual(expected);
  });

  it('is not what is refused', () => {
    expect(granted({ Effect: 'Deny', Action: '*', Resource: '*' })).toEqual([]);
  });
});
