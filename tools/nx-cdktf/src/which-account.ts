import { InputError, type Environment } from '@loadlab/foundation';
import type { StackFacts } from './state-identity';

/**
 * The account that Terraform works in: the one that the stack insists on, else whose credentials these are. Null for a stack without
 * AWS, and where another program stands for AWS's provider and AWS itself cannot be asked (a rehearsal without S3).
 * @throws {InputError} when AWS does not say
 */
export async function whichAccount(
  { account, usesAws }: StackFacts,
  environment: () => Environment,
  variables: NodeJS.ProcessEnv,
): Promise<string | null> {
  if (account !== null || !usesAws) return account;
  const isRehearsed = variables.TF_REATTACH_PROVIDERS?.includes('hashicorp/aws') === true;
  if (isRehearsed && variables.AWS_ENDPOINT_URL_STS === undefined) return null;
  // AWS's SDK takes long to load, and most environments name their account.
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const { awsAccess } = await import('@loadlab/doctor/aws');
  try {
    const client = new STSClient({ ...awsAccess(environment()), maxAttempts: 2 });
    return (await client.send(new GetCallerIdentityCommand())).Account ?? null;
  } catch (error) {
    throw new InputError([
      {
        file: environment().file,
        path: 'accountId',
        message: `AWS does not say whose credentials these are: ${error instanceof Error ? error.message : String(error)}`,
        hint: 'log in, or name the account: accountId in environment.yaml',
      },
    ]);
  }
}
