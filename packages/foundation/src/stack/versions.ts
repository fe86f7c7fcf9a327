import type { TerraformStack } from 'cdktf';

/** 1.11: write-only arguments, and S3 locks without a table. */
export const TERRAFORM = '>= 1.11.0';
/** The bindings are generated from 6.25; later minor versions of a major version stay compatible. */
const AWS_PROVIDER = '~> 6.25';

/** Says which Terraform and which provider a stack needs. cdktf knows no argument for the first, and pins the second. */
export function requireVersions(stack: TerraformStack): void {
  stack.addOverride('terraform.required_version', TERRAFORM);
  stack.addOverride('terraform.required_providers.aws', { source: 'hashicorp/aws', version: AWS_PROVIDER });
}
