import { AwsError } from '../aws-error';
import type { Attributes } from '../../protocol/attributes';
import type { Api, Finding } from '../resource-type';

/** Calls of IAM's API. */
export function iam(create: string, remove: string, update?: string): Api {
  return { service: 'IAM', create, delete: remove, ...(update === undefined ? {} : { update }) };
}

/** IAM's answer to a name that it does not know. */
export function noSuchEntity(what: string): (name: string) => AwsError {
  return (name) => new AwsError('NoSuchEntity', `The ${what} with name ${name} cannot be found.`, 404);
}

/** IAM's answer to a name that is taken. */
export function alreadyExists(what: string, name: string): AwsError {
  return new AwsError('EntityAlreadyExists', `${what} with name ${name} already exists.`, 409);
}

/** What IAM asks of the text of a policy, as far as it can be told without evaluating it. */
export function policyFindings(config: Attributes, path: string): Finding[] {
  const text = config.text(path);
  if (text === '') return [];
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch (error) {
    return [{ path, summary: `"${path}" contains an invalid JSON policy: ${(error as Error).message}` }];
  }
  return typeof policy === 'object' && policy !== null && !Array.isArray(policy)
    ? []
    : [{ path, summary: `"${path}" contains an invalid JSON policy: leading space characters are not allowed` }];
}

/** @throws {AwsError} for a policy that IAM would refuse to store */
export function checkPolicy(text: string, kind: 'identity' | 'trust' | 'resource'): void {
  const malformed = (message: string): AwsError => new AwsError('MalformedPolicyDocument', message);
  const policy = JSON.parse(text) as { Statement?: unknown };
  const statements = Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement];
  if (policy.Statement === undefined || statements.length === 0)
    throw malformed('Syntax errors in policy: a policy must have at least one statement.');
  for (const statement of statements as Record<string, unknown>[]) {
    const has = (name: string): boolean => statement[name] !== undefined || statement[`Not${name}`] !== undefined;
    if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny')
      throw malformed('Missing required field Effect or an Effect that is neither Allow nor Deny');
    if (!has('Action')) throw malformed('Policy statement must contain actions.');
    if (kind === 'identity' && !has('Resource')) throw malformed('Policy statement must contain resources.');
    if (kind === 'identity' && has('Principal')) throw malformed('Policy document should not specify a principal.');
    if (kind !== 'identity' && !has('Principal')) throw malformed('Missing required field Principal');
    if (kind === 'trust' && has('Resource')) throw malformed('Has prohibited field Resource');
  }
}
