import { join, resolve } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, Aspects, TerraformResource, TerraformStack, type IAspect } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import type { Environment } from '../environment/environment';
import { StateBackend } from './backend';
import { stateLocation, type StateLocation } from './state-location';
import { requireVersions } from './versions';

const LAB_STACK = Symbol.for('loadlab/LabStack');

/**
 * What every stack has in common: the AWS provider with its default tags, the state's backend, the versions it needs,
 * and the permissions boundary on its roles. Its id is `<name>-<environment>`: the folder it is synthesized into.
 */
export class LabStack extends TerraformStack {
  readonly environment: Environment;
  /** The name without the environment: `network`. */
  readonly stackName: string;

  constructor(scope: Construct, name: string, environment: Environment) {
    super(scope, `${name}-${environment.name}`);
    Object.defineProperty(this, LAB_STACK, { value: true });
    this.environment = environment;
    this.stackName = name;

    new AwsProvider(this, 'aws', {
      region: environment.region,
      ...(environment.accountId === undefined ? {} : { allowedAccountIds: [environment.accountId] }),
      ...(environment.assumeRoleArn === undefined ? {} : { assumeRole: [{ roleArn: environment.assumeRoleArn }] }),
      defaultTags: [{ tags: defaultTags(environment, name) }],
    });
    new StateBackend(this, this.stateOf(name));
    requireVersions(this);
    if (environment.permissionsBoundaryArn !== undefined) {
      Aspects.of(this).add(new PermissionsBoundary(environment.permissionsBoundaryArn));
    }
  }

  /** True for a LabStack, also of another copy of this package (`instanceof` is not). */
  static isLabStack(candidate: unknown): candidate is LabStack {
    return typeof candidate === 'object' && candidate !== null && LAB_STACK in candidate;
  }

  /** Where the state of this environment's stack `name` lies, seen from this stack's working folder. */
  stateOf(name: string): StateLocation {
    const workingDirectory = join(resolve(App.of(this).outdir), 'stacks', this.node.id);
    return stateLocation(this.environment, name, workingDirectory);
  }
}

/** The tags of everything that a stack makes. Keys of ours win: `checkEnvironment` refuses them under `tags`. */
function defaultTags(environment: Environment, stack: string): Record<string, string> {
  return {
    ...environment.tags,
    owner: environment.owner,
    environment: environment.name,
    project: environment.namespace,
    stack,
    ...(environment.expiresAt === undefined ? {} : { 'expires-at': environment.expiresAt }),
  };
}

/** Puts the account's permissions boundary on every role, whoever makes it. */
class PermissionsBoundary implements IAspect {
  readonly #arn: string;

  constructor(arn: string) {
    this.#arn = arn;
  }

  visit(node: IConstruct): void {
    if (TerraformResource.isTerraformResource(node) && node.terraformResourceType === 'aws_iam_role') {
      node.addOverride('permissions_boundary', this.#arn);
    }
  }
}
