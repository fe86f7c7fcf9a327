import { join, resolve } from 'node:path';
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, Aspects, TerraformElement, TerraformResource, TerraformStack, type IAspect } from 'cdktf';
import type { Construct, IConstruct, Node } from 'constructs';
import type { Environment } from '../environment/environment';
import { StateBackend } from './backend';
import { stateLocation, type StateLocation } from './state-location';
import { tellReviewers } from './tell-reviewers';
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
  /** Stacks whose outputs this one reads, by name. */
  readonly reads = new Set<string>();
  readonly #logicalIds = new Map<string, string>();
  #caller: DataAwsCallerIdentity | undefined;

  /** Options: `region`, of the provider. @default - the environment's */
  constructor(
    scope: Construct,
    name: string,
    environment: Environment,
    options: { readonly region?: string | undefined } = {},
  ) {
    super(scope, `${name}-${environment.name}`);
    Object.defineProperty(this, LAB_STACK, { value: true });
    this.environment = environment;
    this.stackName = name;

    new AwsProvider(this, 'aws', {
      region: options.region ?? environment.region,
      ...(environment.accountId === undefined ? {} : { allowedAccountIds: [environment.accountId] }),
      ...(environment.assumeRoleArn === undefined ? {} : { assumeRole: [{ roleArn: environment.assumeRoleArn }] }),
      defaultTags: [{ tags: defaultTags(environment, name) }],
    });
    new StateBackend(this, this.stateOf(name));
    requireVersions(this);
    if (environment.permissionsBoundaryArn !== undefined) {
      Aspects.of(this).add(new PermissionsBoundary(environment.permissionsBoundaryArn));
    }
    for (const sibling of this.#siblings()) if (sibling.reads.has(name)) sibling.addDependency(this);
    const { expiresAt } = environment;
    if (expiresAt !== undefined)
      tellReviewers(this, { subject: 'the environment', expiresAt, after: 'it may be destroyed at any time' });
  }

  /** True for a LabStack, also of another copy of this package (`instanceof` is not). */
  static isLabStack(candidate: unknown): candidate is LabStack {
    return typeof candidate === 'object' && candidate !== null && LAB_STACK in candidate;
  }

  /** The stack that a construct is in. @throws {Error} for one that is in no LabStack: it would have no environment */
  static override of(construct: IConstruct): LabStack {
    const stack = TerraformStack.of(construct);
    if (!LabStack.isLabStack(stack)) throw new Error(`${construct.node.path} is in no LabStack`);
    return stack;
  }

  /** Where the state of this environment's stack `name` lies, seen from this stack's working folder. */
  stateOf(name: string): StateLocation {
    const workingDirectory = join(resolve(App.of(this).outdir), 'stacks', this.node.id);
    return stateLocation(this.environment, name, workingDirectory);
  }

  /** Has this stack deployed after another of its environment, where that is made in the same app, before or after this. */
  deployAfter(name: string): void {
    this.reads.add(name);
    for (const sibling of this.#siblings()) if (sibling.stackName === name) this.addDependency(sibling);
  }

  #siblings(): LabStack[] {
    return App.of(this).node.children.filter(
      (child): child is LabStack =>
        child !== this && LabStack.isLabStack(child) && child.environment.name === this.environment.name,
    );
  }

  /** The account's 12 digits: the environment's, or else asked for by Terraform. */
  get accountId(): string {
    if (this.environment.accountId !== undefined) return this.environment.accountId;
    this.#caller ??= new DataAwsCallerIdentity(this, 'account');
    return this.#caller.accountId;
  }

  /** An ARN in the environment's account and region: `arn('logs', 'log-group:x')`. */
  arn(service: string, resource: string): string {
    const { region } = this.environment;
    return `arn:${partitionOf(region)}:${service}:${region}:${this.accountId}:${resource}`;
  }

  /**
   * Names in Terraform that people can read in a plan: the construct's ids, `flow-logs_role`, without cdktf's hash.
   * The id `Resource` adds nothing.
   */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const ids = node.scopes.slice(node.scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    const id = ids
      .filter((part) => part !== 'Resource')
      .join('_')
      .replace(/[^A-Za-z0-9_-]/g, '');
    const owner = this.#logicalIds.get(id) ?? node.path;
    if (owner !== node.path) throw new Error(`${node.path} and ${owner} would both be called ${id}`);
    this.#logicalIds.set(id, node.path);
    return id;
  }
}

/** The partition of a region: China and GovCloud are worlds of their own. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
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
