import { LambdaInvocation } from '@cdktf/provider-aws/lib/lambda-invocation';
import type { Statement } from '@loadlab/foundation/stack';
import type { ITerraformDependable, Postcondition } from 'cdktf';
import { Construct } from 'constructs';
import { Deployer } from './deployer';
import type { Step } from './step';

/** Settings of a step. */
export interface DeploymentStepProps {
  /** What the Deployer is asked to do. A step is made again when this changes. */
  readonly step: Step;
  /** Name of the Deployer's permission for it, unique in the stack. */
  readonly purpose: string;
  readonly permissions: readonly Statement[];
  /** The step is also made again when one of these changes. @default - none */
  readonly triggers?: Readonly<Record<string, string>>;
  /** What must be there first. @default - only the permission */
  readonly after?: readonly ITerraformDependable[];
  /** What its result must satisfy. @default - that it did not fail */
  readonly postcondition?: Postcondition;
}

/** One step of a deployment, made by the Deployer while Terraform applies; destroying it does nothing. */
export class DeploymentStep extends Construct {
  /** Whoever depends on it comes after the step was made. */
  readonly done: ITerraformDependable;

  constructor(scope: Construct, id: string, props: DeploymentStepProps) {
    super(scope, id);
    const deployer = Deployer.of(this);
    const permission = deployer.grant(props.purpose, props.permissions);
    this.done = new LambdaInvocation(this, 'Resource', {
      functionName: deployer.functionName,
      input: JSON.stringify(props.step),
      lifecycleScope: 'CREATE_ONLY',
      ...(props.triggers === undefined ? {} : { triggers: { ...props.triggers } }),
      ...(props.postcondition === undefined ? {} : { lifecycle: { postcondition: [props.postcondition] } }),
      dependsOn: [permission, ...(props.after ?? [])],
    });
  }
}
