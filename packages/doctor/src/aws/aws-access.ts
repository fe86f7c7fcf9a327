import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import type { STSClientConfig } from '@aws-sdk/client-sts';
import type { Environment } from '@loadlab/foundation';

/** Settings of every client of AWS's SDK. */
export interface AwsAccess {
  readonly region: string;
  /** @default - what the SDK finds: variables, profile, role */
  readonly credentials?: NonNullable<STSClientConfig['credentials']>;
}

/**
 * How Terraform would reach an environment's account: its region, and the role that it deploys with. An address of another AWS
 * comes from `AWS_ENDPOINT_URL`, which the SDK reads by itself.
 */
export function awsAccess({ region, assumeRoleArn }: Pick<Environment, 'region' | 'assumeRoleArn'>): AwsAccess {
  return assumeRoleArn === undefined ? { region } : { region, credentials: assumed(assumeRoleArn, region) };
}

/** The same for its states, which may lie in another region, and under another role. */
export function stateAccess({ region, roleArn }: { readonly region: string; readonly roleArn?: string }): AwsAccess {
  return roleArn === undefined ? { region } : { region, credentials: assumed(roleArn, region) };
}

function assumed(roleArn: string, region: string): NonNullable<AwsAccess['credentials']> {
  return fromTemporaryCredentials({
    params: { RoleArn: roleArn, RoleSessionName: 'loadlab' },
    clientConfig: { region },
  });
}
