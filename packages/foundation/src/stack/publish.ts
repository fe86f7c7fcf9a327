import { TerraformOutput, Token } from 'cdktf';
import type { Contract, Outputs } from '../contract/contract';
import type { LabStack } from './lab-stack';

/** Refuses keys that the contract does not have, also on values that are no object literals. */
type Exactly<Values, Allowed> = Values & Readonly<Record<Exclude<keyof Values, keyof Allowed>, never>>;

/**
 * Makes the stack's outputs: each under the contract's name, none sensitive (Terraform itself refuses an output that
 * holds a sensitive value, so a secret cannot slip in).
 * The compiler refuses a missing, extra or mistyped one; what is known at synth is checked by value as well.
 */
export function publish<C extends Contract, Values extends Outputs<C>>(
  stack: LabStack,
  contract: C,
  values: Exactly<Values, Outputs<C>>,
): void {
  if (contract.stack !== stack.stackName) {
    throw new Error(`${stack.stackName} publishes the contract of ${contract.stack}`);
  }
  for (const [name, schema] of Object.entries(contract.outputs.shape)) {
    const value: unknown = values[name as keyof typeof values];
    if (!hasTokens(value)) schema.parse(value);
    new TerraformOutput(stack, name, {
      value,
      staticId: true,
      ...(schema.description === undefined ? {} : { description: schema.description }),
    });
  }
}

/** True for what only Terraform will know. */
function hasTokens(value: unknown): boolean {
  return Array.isArray(value) ? Token.isUnresolved(value) || value.some(hasTokens) : Token.isUnresolved(value);
}
