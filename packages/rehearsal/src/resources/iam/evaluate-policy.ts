import { z } from 'zod';
import type { AccountView } from '../../account/account-view';
import { attributesOf } from '../../protocol/attributes';

const oneOrMore = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? [value] : value));
const statementSchema = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore.optional(),
  NotAction: oneOrMore.optional(),
  Resource: oneOrMore.optional(),
  NotResource: oneOrMore.optional(),
  Principal: z.union([z.literal('*'), z.record(z.string(), oneOrMore)]).optional(),
  Condition: z.record(z.string(), z.record(z.string(), oneOrMore)).optional(),
});
const policySchema = z.object({
  Statement: z.union([statementSchema.transform((one) => [one]), z.array(statementSchema)]),
});
type Statement = z.output<typeof statementSchema>;

/** One call that somebody wants to make. */
export interface AccessRequest {
  readonly roleArn: string;
  /** `ecs:RunTask` */
  readonly action: string;
  /** An ARN, or `*` for calls that know no resource. */
  readonly resource: string;
  /** The policy that the resource itself has. @default - none */
  readonly resourcePolicy?: string;
  /** Condition keys and their values. @default - none */
  readonly context?: Readonly<Record<string, string>>;
}

/**
 * Whether IAM would allow a call: something allows it, and nothing denies it. Within one account a policy of the role or
 * of the resource is enough. AWS's managed policies are not known here, so a role that has one attached may do all that
 * the policy's name speaks of: they never decide a denial.
 * @source https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function isAllowed(account: AccountView, request: AccessRequest): boolean {
  const own = identityPolicies(account, request.roleArn).flatMap(statementsOf);
  const others = request.resourcePolicy === undefined ? [] : statementsOf(request.resourcePolicy);
  const applying = [
    ...own.filter((statement) => statementApplies(statement, request)),
    ...others.filter((statement) => names(statement, request.roleArn) && statementApplies(statement, request)),
  ];
  return applying.some(({ Effect }) => Effect === 'Allow') && !applying.some(({ Effect }) => Effect === 'Deny');
}

function identityPolicies(account: AccountView, roleArn: string): string[] {
  const role = account.ofType('aws_iam_role').find((candidate) => attributesOf(candidate).text('arn') === roleArn);
  if (role === undefined) return [];
  const inline = account
    .ofType('aws_iam_role_policy')
    .filter((policy) => attributesOf(policy).text('role') === role.id)
    .map((policy) => attributesOf(policy).text('policy'));
  const attached = account
    .ofType('aws_iam_role_policy_attachment')
    .filter((attachment) => attributesOf(attachment).text('role') === role.id)
    .flatMap((attachment) => {
      const arn = attributesOf(attachment).text('policy_arn');
      const policy = account.find('aws_iam_policy', arn);
      return policy === undefined ? [managedPolicy(arn)] : [attributesOf(policy).text('policy')];
    });
  return [...inline, ...attached];
}

/** What AWS's own policies allow, of those that tasks and functions have. */
function managedPolicy(arn: string): string {
  const actions: Readonly<Record<string, readonly string[]>> = {
    AmazonECSTaskExecutionRolePolicy: ['ecr:*', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    AWSLambdaBasicExecutionRole: ['logs:*'],
    AWSLambdaVPCAccessExecutionRole: ['logs:*', 'ec2:*NetworkInterface*', 'ec2:DescribeSubnets'],
    AdministratorAccess: ['*'],
  };
  const Action = actions[arn.slice(arn.lastIndexOf('/') + 1)] ?? [];
  return JSON.stringify({ Statement: Action.length === 0 ? [] : [{ Effect: 'Allow', Action, Resource: '*' }] });
}

/** The statements of a policy. @throws {Error} when it is none */
export function statementsOf(policy: string): Statement[] {
  return policySchema.parse(JSON.parse(policy)).Statement;
}

function names({ Principal }: Statement, roleArn: string): boolean {
  if (Principal === undefined) return false;
  if (Principal === '*') return true;
  const account = roleArn.split(':')[4] ?? '';
  const everybody = ['*', account, `arn:aws:iam::${account}:root`];
  return (Principal.AWS ?? []).some((principal) => principal === roleArn || everybody.includes(principal));
}

/** True when a statement speaks of this call, whoever its principal is. */
export function statementApplies(statement: Omit<Statement, 'Principal'>, request: AccessRequest): boolean {
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  const action = (pattern: string): boolean => like(pattern.toLowerCase(), request.action.toLowerCase());
  const resource = (pattern: string): boolean => pattern === '*' || like(pattern, request.resource);
  if (Action !== undefined ? !Action.some(action) : NotAction?.some(action) !== false) return false;
  if (Resource !== undefined && !Resource.some(resource)) return false;
  if (NotResource?.some(resource) === true) return false;
  return Object.entries(Condition).every(([operator, tests]) =>
    Object.entries(tests).every(([key, wanted]) => holds(operator, wanted, contextValue(request, key))),
  );
}

function contextValue({ context = {} }: AccessRequest, key: string): string | undefined {
  return Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}

function holds(operator: string, wanted: readonly string[], actual: string | undefined): boolean {
  const [, name = operator, ifExists] = /^(.*?)(IfExists)?$/.exec(operator) ?? [];
  if (name === 'Null') return wanted.includes(String(actual === undefined));
  const negated = name.includes('Not');
  // A missing key meets no positive test, and every negative one.
  if (actual === undefined) return negated || ifExists !== undefined;
  const matches = wanted.some((value) => test(name.replace('Not', ''), value, actual));
  return negated ? !matches : matches;
}

function test(operator: string, wanted: string, actual: string): boolean {
  switch (operator) {
    case 'StringEquals':
    case 'Bool':
    case 'NumericEquals':
      return wanted === actual;
    case 'StringEqualsIgnoreCase':
      return wanted.toLowerCase() === actual.toLowerCase();
    case 'StringLike':
    case 'ArnLike':
    case 'ArnEquals':
      return like(wanted, actual);
    default:
      throw new Error(`the condition operator ${operator} is not known here`);
  }
}

/** `*` stands for anything, `?` for one character. */
function like(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}
