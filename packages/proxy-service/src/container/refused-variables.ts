import type { Problem } from '@loadlab/foundation';
import { DATABASE_VARIABLES, KEY_VARIABLES, type VariablesOf } from './task-variables';

/** Why a variable may not be given, and what does its work. */
interface Refusal {
  readonly message: string;
  readonly hint: string;
}

const BY_COMMAND: Refusal = { message: 'is on the command line, which wins', hint: 'use proxy.workersPerTask' };
const ANOTHER_CONFIG: Refusal = {
  message: 'makes LiteLLM read another file than the published config.yaml, or none, without an error',
  hint: 'remove it: the file comes by --config',
};
const DEBUG: Refusal = {
  message: 'turns LiteLLM’s debug logging on, the most frequent cause of a slow gateway',
  hint: 'for a look, set LITELLM_LOG: INFO',
};
const ALWAYS_GIVEN: Refusal = { message: 'is always given', hint: 'remove it' };
const PASSWORD_IN_CLEAR: Refusal = {
  message: 'would hold the password, and takes precedence over the parts that the task gets',
  hint: 'remove it: the database section of environment.yaml gives host, name, user and password',
};

const REFUSED: Readonly<Record<string, Refusal>> = {
  LITELLM_CONFIG: {
    message: 'LiteLLM has no such variable: no release reads it, and the gateway would know no model',
    hint: 'remove it: proxy.config names the file, which is mounted and given by --config',
  },
  CONFIG_FILE_PATH: ANOTHER_CONFIG,
  WORKER_CONFIG: ANOTHER_CONFIG,
  LITELLM_CONFIG_BUCKET_NAME: ANOTHER_CONFIG,
  LITELLM_CONFIG_BUCKET_OBJECT_KEY: ANOTHER_CONFIG,
  LITELLM_CONFIG_BUCKET_TYPE: ANOTHER_CONFIG,
  NUM_WORKERS: BY_COMMAND,
  PORT: { message: 'is on the command line, which wins', hint: 'remove it: LiteLLM listens on 4000' },
  DEBUG,
  DETAILED_DEBUG: DEBUG,
  DATABASE_URL: PASSWORD_IN_CLEAR,
  DIRECT_URL: PASSWORD_IN_CLEAR,
  ...Object.fromEntries(
    [...KEY_VARIABLES, ...DATABASE_VARIABLES, 'MOCK_OPENAI_URL'].map((name) => [name, ALWAYS_GIVEN]),
  ),
};

/** Variables in `proxy.environment` and `proxy.secrets` that would undo what the task is given; `file` names environment.yaml. */
export function refusedVariables({ proxy }: Pick<VariablesOf, 'proxy'>, file: string): Problem[] {
  const refused = (['environment', 'secrets'] as const).flatMap((section) =>
    Object.keys(proxy[section]).flatMap((name): Problem[] => {
      const refusal = REFUSED[name];
      return refusal === undefined ? [] : [{ file, path: `proxy.${section}.${name}`, ...refusal }];
    }),
  );
  const twice = Object.keys(proxy.environment)
    .filter((name) => name in proxy.secrets)
    .map((name): Problem => ({
      file,
      path: `proxy.environment.${name}`,
      message: 'is also in proxy.secrets; a task definition with both is refused by ECS',
      hint: 'keep one',
    }));
  return [...refused, ...twice];
}
