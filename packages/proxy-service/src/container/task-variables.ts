import type { Environment } from '@loadlab/foundation';

/** Always there, so that one config.yaml serves everywhere. */
const KEY_VARIABLES = ['LITELLM_MASTER_KEY', 'LITELLM_SALT_KEY'] as const;
/** There where the environment has a database. */
const DATABASE_VARIABLES = [
  'DATABASE_HOST',
  'DATABASE_PORT',
  'DATABASE_NAME',
  'DATABASE_USERNAME',
  'DATABASE_PASSWORD',
] as const;
/** Set by Fargate itself. */
const FARGATE_VARIABLES = ['AWS_REGION', 'AWS_DEFAULT_REGION'] as const;

/** The part of an environment that decides which variables LiteLLM's task gets. */
export type VariablesOf = Pick<Environment, 'database' | 'mockOpenai'> & {
  readonly proxy: Pick<Environment['proxy'], 'environment' | 'secrets'>;
};

/** Names that config.yaml may refer to as `os.environ/NAME`, sorted. */
export function taskVariables({ database, mockOpenai, proxy }: VariablesOf): string[] {
  return [
    ...KEY_VARIABLES,
    ...FARGATE_VARIABLES,
    ...(database === 'none' ? [] : DATABASE_VARIABLES),
    ...(mockOpenai === 'none' ? [] : ['MOCK_OPENAI_URL']),
    ...Object.keys(proxy.environment),
    ...Object.keys(proxy.secrets),
  ].sort();
}
