import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { physicalName } from '../stack-facts';
import { policyDocument, type Statement } from '@loadlab/foundation/stack';

/** What a role is for. */
export interface RoleProps {
  /** Last part of its name: `publisher`. */
  readonly name: string;
  /** For the person who finds it in the console. */
  readonly description: string;
  /** Trust policy: who may use it. */
  readonly trust: string;
}

/** A role that may nothing until it is granted something. (LabStack puts the permissions boundary on it.) */
export class Role extends Construct {
  readonly arn: string;
  readonly #role: IamRole;
  readonly #grants: IamRolePolicy[] = [];

  constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id);
    this.#role = new IamRole(this, 'Resource', {
      name: physicalName(this, props.name),
      description: props.description,
      assumeRolePolicy: props.trust,
    });
    this.arn = this.#role.arn;
  }

  /**
   * What the role may do so far. Whatever uses it must depend on these: a task whose role is still empty fails, and
   * one whose role is emptied first, while it is destroyed, hangs.
   */
  get grants(): readonly ITerraformDependable[] {
    return this.#grants;
  }

  /** Lets the role do something: one inline policy for each purpose. */
  grant(id: string, statements: readonly Statement[]): ITerraformDependable {
    const policy = new IamRolePolicy(this, id, {
      name: id,
      role: this.#role.name,
      policy: policyDocument(statements),
    });
    this.#grants.push(policy);
    return policy;
  }
}
