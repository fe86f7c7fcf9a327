import { SECRET, KEY } from './ingredients';
import type { WrongEnvironment } from './wrong-environment';

/** Variables and secrets of the task. */
export const variables: readonly WrongEnvironment[] = [
  {
    what: 'LITELLM_CONFIG',
    sections: { proxy: { environment: { LITELLM_CONFIG: '{}' } } },
    says: 'proxy.environment.LITELLM_CONFIG: LiteLLM has no such variable: nothing reads it, and the gateway would know no model -> remove it: write the models into the file that proxy.config names',
  },
  {
    what: 'LITELLM_CONFIG as a secret',
    sections: { proxy: { secrets: { LITELLM_CONFIG: SECRET } } },
    says: 'proxy.secrets.LITELLM_CONFIG: LiteLLM has no such variable: nothing reads it, and the gateway would know no model -> remove it: write the models into the file that proxy.config names',
  },
  {
    what: 'another configuration',
    sections: { proxy: { environment: { CONFIG_FILE_PATH: '/x.yaml' } } },
    says: 'proxy.environment.CONFIG_FILE_PATH: would make LiteLLM read another file than the published config.yaml, or none, without an error -> remove it: proxy.config names the file, and --config gives it to LiteLLM',
  },
  {
    what: 'a master key',
    sections: { proxy: { secrets: { LITELLM_MASTER_KEY: SECRET } } },
    says: 'proxy.secrets.LITELLM_MASTER_KEY: is made once and kept in Secrets Manager -> remove it: the task gets it',
  },
  {
    what: 'the database’s URL',
    sections: { proxy: { secrets: { DATABASE_URL: SECRET } } },
    says: 'proxy.secrets.DATABASE_URL: would hold the password, and win over the database of the environment -> remove it: the database section gives host, name, user and password',
  },
  {
    what: 'the mock’s URL',
    sections: { proxy: { environment: { MOCK_OPENAI_URL: 'http://x' } } },
    says: 'proxy.environment.MOCK_OPENAI_URL: is what the task always gets -> remove it',
  },
  {
    what: 'workers as a variable',
    sections: { proxy: { environment: { NUM_WORKERS: '8' } } },
    says: 'proxy.environment.NUM_WORKERS: is on the command line, which wins -> use proxy.workersPerTask',
  },
  {
    what: 'a variable twice',
    sections: { proxy: { environment: { OPENAI_API_KEY: 'x' }, secrets: { OPENAI_API_KEY: SECRET } } },
    says: 'proxy.environment.OPENAI_API_KEY: is also in proxy.secrets, and ECS takes a name once -> keep one of the two',
  },
  {
    what: 'a variable with a dash',
    sections: { proxy: { environment: { 'MY-VAR': 'x' } } },
    says: 'proxy.environment.MY-VAR: must be the name of a variable: letters, digits and _',
  },
  {
    what: 'a variable that is a number',
    sections: { proxy: { environment: { RETRIES: 3 } } },
    says: 'proxy.environment.RETRIES: must be a string, not 3',
  },
  {
    what: 'a key in clear',
    sections: { proxy: { environment: { SOMETHING: KEY } } },
    says: 'proxy.environment.SOMETHING: looks like a secret, and would stand in synthesized files, plans and states -> remove it: a task gets secrets by their ARN in proxy.secrets, Terraform gets its own from its variables',
  },
  {
    what: 'a variable called like a secret',
    sections: { proxy: { environment: { UPSTREAM_PASSWORD: 'correct-horse-battery' } } },
    says: 'proxy.environment.UPSTREAM_PASSWORD: is called like a secret: its value would stand in plans and states -> put it into Secrets Manager, and its ARN into proxy.secrets.UPSTREAM_PASSWORD',
  },
  {
    what: 'a secret’s value for its ARN',
    sections: { proxy: { secrets: { OPENAI_API_KEY: KEY } } },
    says: 'proxy.secrets.OPENAI_API_KEY: must be the ARN of a secret in Secrets Manager (arn:aws:secretsmanager:…), not a value or another ARN',
  },
  {
    what: 'a parameter of SSM for a secret',
    sections: { proxy: { secrets: { AZURE_API_KEY: 'arn:aws:ssm:us-east-1:123456789012:parameter/key' } } },
    says: 'proxy.secrets.AZURE_API_KEY: must be the ARN of a secret in Secrets Manager (arn:aws:secretsmanager:…), not a value or another ARN',
  },
  {
    what: 'a key in a tag',
    sections: { tags: { note: 'AKIAIOSFODNN7EXAMPLE' } },
    says: 'tags.note: looks like a secret, and would stand in synthesized files, plans and states -> remove it: a task gets secrets by their ARN in proxy.secrets, Terraform gets its own from its variables',
  },
];
