import { createHash } from 'node:crypto';
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { LabStack } from '@loadlab/foundation/stack';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

/** The stack that a construct is in. @throws {Error} for one that is no LabStack: it would have no environment */
export function labStackOf(scope: Construct): LabStack {
  const stack = TerraformStack.of(scope);
  if (!LabStack.isLabStack(stack)) throw new Error(`${scope.node.path} is in no LabStack`);
  return stack;
}

/**
 * A name for something that AWS knows by name: `<namespace>-<environment>-<stack>-<what>`, so that two environments, or
 * two stacks, share an account. One that is longer than `maxLength` characters (AWS's limit for this kind of thing) is
 * cut and ends in a hash of the whole.
 */
export function physicalName(scope: Construct, what: string, maxLength = 64): string {
  const { environment, stackName } = labStackOf(scope);
  const name = [environment.namespace, environment.name, stackName, what].filter((part) => part !== '').join('-');
  if (name.length <= maxLength) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 6);
  return `${name.slice(0, maxLength - hash.length - 1).replace(/-+$/, '')}-${hash}`;
}

/** The account's 12 digits: the environment's, or else asked for by Terraform. */
export function accountId(scope: Construct): string {
  const stack = labStackOf(scope);
  const { accountId: given } = stack.environment;
  if (given !== undefined) return given;
  const known = callers.get(stack) ?? new DataAwsCallerIdentity(stack, 'account');
  callers.set(stack, known);
  return known.accountId;
}

const callers = new WeakMap<LabStack, DataAwsCallerIdentity>();

/** An ARN in the stack's account and region: `arn(this, 'ecs', 'cluster/x')`. */
export function arn(scope: Construct, service: string, resource: string): string {
  const { region } = labStackOf(scope).environment;
  return `arn:${partition(region)}:${service}:${region}:${accountId(scope)}:${resource}`;
}

function partition(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** The environment's own KMS key; undefined where AWS's keys will do. */
export function ownKey(scope: Construct): string | undefined {
  return labStackOf(scope).environment.kmsKeyArn;
}

/** To spread into a resource that is encrypted: the environment's own key, if it has one. */
export function underOwnKey(scope: Construct): { readonly kmsKeyId?: string } {
  const key = ownKey(scope);
  return key === undefined ? {} : { kmsKeyId: key };
}

/** What a profile means for resources that would be missed. */
export interface Protections {
  /** A person must lift it before the thing can be destroyed. */
  readonly deletionProtection: boolean;
  readonly logRetentionDays: number;
}

/** `production` keeps things; `benchmark` is there to be destroyed. */
export function protections(scope: Construct): Protections {
  return labStackOf(scope).environment.profile === 'production'
    ? { deletionProtection: true, logRetentionDays: 365 }
    : { deletionProtection: false, logRetentionDays: 30 };
}
