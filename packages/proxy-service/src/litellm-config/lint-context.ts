import type { ConfigView } from './config-view';

/** What a config.yaml is held against: the task that will read it. Pure data, so that any caller can lint. */
export interface LintContext {
  /** Names of the variables that LiteLLM's container gets (see `taskVariables`). */
  readonly variables: readonly string[];
  /** Whether LiteLLM gets a database. */
  readonly hasDatabase: boolean;
  /** After how many seconds without a byte the load balancer gives a request up. @default - not judged */
  readonly idleTimeoutSeconds?: number;
  /** Processes that will read the file, over all tasks: each counts for itself what it does not ask Redis. @default - 1 */
  readonly processes?: number;
  /** Whether people's limits and budgets hang on the gateway. @default - false */
  readonly production?: boolean;
  /** Release of LiteLLM that will read the file, `1.108.7`. @default - the one whose settings are known */
  readonly litellmVersion?: string;
}

/** Something wrong at a path of config.yaml. */
export interface Finding {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint?: string;
  /** @default - 'error' */
  readonly severity?: 'error' | 'warning';
}

/** One question asked of a config.yaml, which may be malformed in any way; the answer lists what is wrong. */
export type Rule = (config: ConfigView, context: LintContext) => readonly Finding[];
