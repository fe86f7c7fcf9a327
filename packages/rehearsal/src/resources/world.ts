import type { Account } from '../account/account';
import type { SecretValues } from '../account/secret-values';

/** What behaviours reach beyond the account's file. */
export interface World {
  readonly account: Account;
  readonly secrets: SecretValues;
}
