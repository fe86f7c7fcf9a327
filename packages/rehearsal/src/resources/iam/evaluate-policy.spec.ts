import { AccountView } from '../../account/account-view';
import { isAllowed, type AccessRequest } from './evaluate-policy';

const ROLE = 'arn:aws:iam::123456789012:role/worker';
const request = { roleArn: ROLE, action: 's3:GetObject', resource: 'arn:aws:s3:::lab/a/b' };
const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

function allowed(own: object[], more: Partial<AccessRequest> = {}): boolean {
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: own });
  const account = new AccountView('123456789012', [
    { type: 'aws_iam_role', id: 'worker', region: 'global', attributes: { arn: ROLE } },
    { type: 'aws_iam_role_policy', id: 'worker:p', region: 'global', attributes: { role: 'worker', policy } },
  ]);
  return isAllowed(account, { ...request, ...more });
}

/** @source https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
describe('IAM', () => {
  it.each([
    ['nothing by itself', [], false],
    ['what is allowed', [allow], true],
    ['not what is denied as well', [allow, { ...allow, Effect: 'Deny' }], false],
    ['actions by pattern', [{ ...allow, Action: ['s3:Get*'] }], true],
    ['actions whatever their case', [{ ...allow, Action: 'S3:getobject' }], true],
    ['no other action', [{ ...allow, Action: 's3:PutObject' }], false],
    ['resources by pattern', [{ ...allow, Resource: 'arn:aws:s3:::lab/*' }], true],
    ['no other resource', [{ ...allow, Resource: 'arn:aws:s3:::lab' }], false],
    ['all but some actions', [{ Effect: 'Allow', NotAction: 's3:Put*', Resource: '*' }], true],
    ['all but some resources', [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::lab/*' }], false],
  ])('allows %s', (_case, statements, expected) => {
    expect(allowed(statements)).toBe(expected);
  });

  const context = { 'aws:SecureTransport': 'true', 'ecs:cluster': 'arn:aws:ecs:us-east-1:123456789012:cluster/lab' };
  it.each([
    ['that holds', { StringEquals: { 'aws:securetransport': 'true' } }, true],
    ['that does not', { Bool: { 'aws:SecureTransport': 'false' } }, false],
    ['with a pattern', { ArnLike: { 'ecs:cluster': 'arn:aws:ecs:*:*:cluster/l?b' } }, true],
    [
      'of several, all of which must hold',
      { Bool: { 'aws:SecureTransport': 'true' }, ArnEquals: { 'ecs:cluster': 'x' } },
      false,
    ],
    ['on a key that is missing', { StringEquals: { 'aws:SourceVpc': 'vpc-1' } }, false],
    ['on a key that is missing, negated', { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } }, true],
    ['on a key that may be missing', { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } }, true],
    ['that a key is missing', { Null: { 'aws:SourceVpc': 'true' } }, true],
  ])('judges a condition %s', (_case, Condition, expected) => {
    expect(allowed([{ ...allow, Condition }], { context })).toBe(expected);
  });

  it.each([
    ['that names the role', { AWS: ROLE }, true],
    ['that names the account', { AWS: 'arn:aws:iam::123456789012:root' }, true],
    ['for everybody', '*', true],
    ['that names somebody else', { AWS: 'arn:aws:iam::123456789012:role/other' }, false],
  ])("takes a resource's policy %s", (_case, Principal, expected) => {
    const resourcePolicy = JSON.stringify({ Statement: [{ ...allow, Principal }] });
    expect(allowed([], { resourcePolicy })).toBe(expected);
  });

  it("lets a resource's denial win over a role's permission", () => {
    const resourcePolicy = JSON.stringify({ Statement: [{ ...allow, Effect: 'Deny', Principal: '*' }] });
    expect(allowed([allow], { resourcePolicy })).toBe(false);
  });
});
