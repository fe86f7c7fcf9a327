import type { Account } from '../account/account';
import type { SecretValues } from '../account/secret-values';
import type { ContainerRuntime } from './ecs/container-runtime';
import type { FunctionRunner } from './lambda/function-runner';

/** What behaviours reach beyond the account's file. */
export interface World {
  readonly account: Account;
  readonly secrets: SecretValues;
  readonly functions: FunctionRunner;
  readonly containers: ContainerRuntime;
}
