import { InputError } from '@loadlab/foundation';
import { terraformProblem } from '@loadlab/setup/tools';

/**
 * Looks for a Terraform that can deploy the stacks: their write-only arguments need 1.11.
 * @param otherwise what can be done without one; @default - nothing
 * @throws {InputError} that says how to install it
 */
export function requireTerraform(otherwise?: string): void {
  const problem = terraformProblem();
  if (problem === undefined) return;
  throw new InputError([
    {
      file: 'terraform',
      path: '',
      message: `${problem.seen}; it deploys the stacks, here as on AWS, and must be 1.11 or later`,
      hint: `${problem.install}${otherwise === undefined ? '' : `; ${otherwise}`}`,
    },
  ]);
}
