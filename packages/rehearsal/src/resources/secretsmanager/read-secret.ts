import type { Account } from '../../account/account';
import type { SecretValues } from '../../account/secret-values';
import { findVersion } from './secret-version';

/** The current value of a secret, by its ARN or name; undefined when there is none. For those who would ask Secrets Manager. */
export function readSecret(account: Account, secrets: SecretValues, secretId: string): string | undefined {
  const version = findVersion(account.read(), secretId, {});
  return version === undefined ? undefined : secrets.get(version.id);
}
