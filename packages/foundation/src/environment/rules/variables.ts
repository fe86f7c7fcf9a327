import type { Finding, Rule } from './rule';

interface Refusal {
  readonly message: string;
  readonly hint: string;
}

const ANOTHER_CONFIG: Refusal = {
  message: 'would make LiteLLM read another file than the published config.yaml, or none, without an error',
  hint: 'remove it: proxy.config names the file, and --config gives it to LiteLLM',
};
const GIVEN: Refusal = { message: 'is what the task always gets', hint: 'remove it' };
const KEY: Refusal = { message: 'is made once and kept in Secrets Manager', hint: 'remove it: the task gets it' };
const CONNECTION: Refusal = {
  message: 'would hold the password, and win over the database of the environment',
  hint: 'remove it: the database section gives host, name, user and password',
};

/** Variables that the task gets from us, or that would undo what it gets. */
const REFUSED: Readonly<Record<string, Refusal>> = {
  LITELLM_CONFIG: {
    message: 'LiteLLM has no such variable: nothing reads it, and the gateway would know no model',
    hint: 'remove it: write the models into the file that proxy.config names',
  },
  CONFIG_FILE_PATH: ANOTHER_CONFIG,
  WORKER_CONFIG: ANOTHER_CONFIG,
  LITELLM_CONFIG_BUCKET_NAME: ANOTHER_CONFIG,
  LITELLM_CONFIG_BUCKET_OBJECT_KEY: ANOTHER_CONFIG,
  LITELLM_CONFIG_BUCKET_TYPE: ANOTHER_CONFIG,
  MOCK_OPENAI_URL: GIVEN,
  LITELLM_MASTER_KEY: KEY,
  LITELLM_SALT_KEY: KEY,
  DATABASE_HOST: GIVEN,
  DATABASE_PORT: GIVEN,
  DATABASE_NAME: GIVEN,
  DATABASE_USERNAME: GIVEN,
  DATABASE_PASSWORD: GIVEN,
  DATABASE_URL: CONNECTION,
  DIRECT_URL: CONNECTION,
  NUM_WORKERS: { message: 'is on the command line, which wins', hint: 'use proxy.workersPerTask' },
  PORT: { message: 'is on the command line, which wins', hint: 'remove it: LiteLLM listens on 4000' },
  KEEPALIVE_TIMEOUT: {
    message: 'has to be longer than the load balancer waits, or it answers 502',
    hint: 'remove it: it is set so',
  },
  DISABLE_SCHEMA_UPDATE: {
    message: 'is on: the schema is brought up to date once a deployment, not by every task',
    hint: 'remove it',
  },
  STORE_MODEL_IN_DB: { message: 'has a key of its own', hint: 'use proxy.storeModelInDb' },
  DETAILED_DEBUG: { message: 'makes every request slower', hint: 'LITELLM_LOG: INFO for a look' },
};

/** Names that are ours, or that LiteLLM does not have. */
export const reservedVariables: Rule = ({ proxy }) =>
  (['environment', 'secrets'] as const).flatMap((section) =>
    Object.keys(proxy[section]).flatMap((name): Finding[] => {
      const refusal = Object.hasOwn(REFUSED, name) ? REFUSED[name] : undefined;
      return refusal === undefined ? [] : [{ path: ['proxy', section, name], ...refusal }];
    }),
  );

/** ECS refuses a container with a name in both. */
export const variablesGivenTwice: Rule = ({ proxy }) =>
  Object.keys(proxy.environment)
    .filter((name) => Object.hasOwn(proxy.secrets, name))
    .map((name) => ({
      path: ['proxy', 'environment', name],
      message: 'is also in proxy.secrets, and ECS takes a name once',
      hint: 'keep one of the two',
    }));

/** A variable called like a secret, with a value as long as one. */
export const secretsInClear: Rule = ({ proxy }) =>
  Object.entries(proxy.environment)
    .filter(([name, value]) => /(?:KEY|TOKEN|PASSWORD|PASSWD|SECRET|CREDENTIALS?)$/i.test(name) && value.length >= 12)
    .filter(([, value]) => !/\s/.test(value))
    .map(([name]) => ({
      path: ['proxy', 'environment', name],
      message: 'is called like a secret: its value would stand in plans and states',
      hint: `put it into Secrets Manager, and its ARN into proxy.secrets.${name}`,
    }));
