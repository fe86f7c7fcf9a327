import { InputError } from '@loadlab/foundation';
import { isMac, terraformVersion } from '@loadlab/setup/tools';

/**
 * Looks for a Terraform that can deploy the stacks: their write-only arguments need 1.11.
 * @param otherwise what can be done without one; @default - nothing
 * @throws {InputError} that says how to install it
 */
export function requireTerraform(otherwise?: string): void {
  const found = terraformVersion();
  if (found?.suits === true) return;
  const install = isMac
    ? 'brew install hashicorp/tap/terraform'
    : 'https://developer.hashicorp.com/terraform/install (Debian, Ubuntu: their repository, then apt-get install terraform)';
  throw new InputError([
    {
      file: 'terraform',
      path: '',
      message:
        found === undefined
          ? 'is not on the PATH; it deploys the stacks, here as on AWS'
          : `${found.version} is too old: the stacks need 1.11 or later`,
      hint: `${install}${otherwise === undefined ? '' : `; ${otherwise}`}`,
    },
  ]);
}
