import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { awsAccess, reasonOf } from '@loadlab/doctor/aws';
import { InputError, type Environment } from '@loadlab/foundation';

/** The whole text of a secret. @throws {InputError} when it is not there, not readable, or empty */
export type ReadSecret = (arn: string) => Promise<string>;

/** Secrets Manager, with the credentials that an environment is deployed with. */
export function masterKeyReader(environment: Environment): ReadSecret {
  return async (arn) => {
    const client = new SecretsManagerClient({ ...awsAccess(environment), maxAttempts: 2 });
    let text: string | undefined;
    try {
      ({ SecretString: text } = await client.send(new GetSecretValueCommand({ SecretId: arn })));
    } catch (error) {
      throw explained(arn, error);
    }
    if (text === undefined || text === '') throw fail(arn, 'holds no text', 'deploy proxy-service again');
    return text;
  };
}

function explained(arn: string, error: unknown): unknown {
  if (error instanceof Error && error.name === 'ResourceNotFoundException') {
    return fail(arn, 'there is no such secret', 'deploy proxy-service again, or give a key with --api-key-env NAME');
  }
  const reason = reasonOf(error);
  if (reason === undefined) return error;
  const hint =
    reason.kind === 'rights'
      ? 'secretsmanager:GetSecretValue, and kms:Decrypt of its key; or a key of your own with --api-key-env NAME'
      : reason.remedy;
  return fail(arn, `cannot be read: ${reason.seen}`, hint);
}

function fail(file: string, message: string, hint: string): InputError {
  return new InputError([{ file, path: '', message, hint }]);
}
