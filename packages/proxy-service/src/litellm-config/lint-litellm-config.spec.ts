import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblems, isError, parseSource, readDocument, type Problem } from '@loadlab/foundation';
import fc from 'fast-check';
import type { LintContext } from './lint-context';
import { lintLiteLlmConfig } from './lint-litellm-config';

const GIVEN = (
  'LITELLM_MASTER_KEY LITELLM_SALT_KEY MOCK_OPENAI_URL AWS_REGION OPENAI_API_KEY ANTHROPIC_API_KEY AZURE_API_KEY ' +
  'AZURE_API_BASE GROQ_API_KEY TOGETHERAI_API_KEY REDIS_HOST REDIS_PORT REDIS_PASSWORD LANGFUSE_PUBLIC_KEY'
).split(' ');
const withDatabase: LintContext = { variables: GIVEN, hasDatabase: true, idleTimeoutSeconds: 600 };
const withoutRedis: LintContext = { ...withDatabase, variables: GIVEN.filter((name) => !name.startsWith('REDIS')) };
const withoutDatabase: LintContext = { ...withDatabase, hasDatabase: false };

const lint = (text: string, context = withDatabase): Problem[] =>
  lintLiteLlmConfig(parseSource('config.yaml', text), context);

/** A sound model, so that what a case adds is all that is wrong. */
const SOUND = `
model_list:
  - model_name: fake-openai-endpoint
    litellm_params: { model: openai/any, api_base: os.environ/MOCK_OPENAI_URL, api_key: not-needed }
`;
const model = (params: string): string => `
model_list:
  - model_name: m
    litellm_params: { ${params} }
`;

it.each([
  ['in a comment', (secret: string) => `# was ${secret}\n${SOUND}`, 1],
  ['behind a value', (secret: string) => `${SOUND.trimEnd()} # ${secret}\n`, 4],
  ['in a key', (secret: string) => `${SOUND}litellm_settings:\n  cache_params: { ${secret}: 1 }\n`, 6],
])('refuses a secret %s, and does not repeat it', (_what, configWith, line) => {
  const secret = `sk-${'a1B2'.repeat(8)}`;
  const problems = lint(configWith(secret)).filter(isError);
  expect(problems).toContainEqual(expect.objectContaining({ line }));
  expect(formatProblems(problems)).not.toContain(secret);
});

describe('a sound config.yaml', () => {
  const folder = join(__dirname, '../../test/good-configs');
  it.each(readdirSync(folder))('%s passes without an error', (name) => {
    const problems = lintLiteLlmConfig(readDocument(join(folder, name)), withDatabase);
    expect(problems.filter(isError)).toEqual([]);
  });
});

interface Case {
  readonly what: string;
  readonly yaml: string;
  readonly path: string;
  readonly message: RegExp;
  readonly hint?: RegExp;
  readonly context?: LintContext;
}

const ERRORS: readonly Case[] = [
  { what: 'model_list misspelt', yaml: 'model_lst: []', path: 'model_lst', message: /ignores/, hint: /"model_list"/ },
  { what: 'no model_list', yaml: 'litellm_settings: {}', path: '', message: /Invalid model name/ },
  { what: 'an empty model_list', yaml: 'model_list: []', path: 'model_list', message: /Invalid model name/ },
  { what: 'model_list without entries', yaml: 'model_list:\n', path: 'model_list', message: /Invalid model name/ },
  { what: 'model_list as a map', yaml: 'model_list: { a: b }', path: 'model_list', message: /must be a list/ },
  { what: 'a list as the whole file', yaml: '- model_list', path: '', message: /Invalid model name/ },
  {
    what: 'litellm_params misspelt',
    yaml: 'model_list: [{ model_name: a, litellm_param: { model: openai/x } }]',
    path: 'model_list[0].litellm_param',
    message: /unknown key/,
    hint: /"litellm_params"/,
  },
  {
    what: 'no model_name',
    yaml: 'model_list: [{ litellm_params: { model: openai/x } }]',
    path: 'model_list[0].model_name',
    message: /missing/,
  },
  { what: 'no model', yaml: model('api_key: none'), path: 'model_list[0].litellm_params.model', message: /missing/ },
  {
    what: 'an empty model_info, which stops LiteLLM',
    yaml: `${SOUND}    model_info:\n`,
    path: 'model_list[0].model_info',
    message: /must be an object/,
  },
  {
    what: 'a parameter beside litellm_params',
    yaml: `${SOUND}    api_base: http://x\n`,
    path: 'model_list[0].api_base',
    message: /unknown key/,
    hint: /belongs under litellm_params/,
  },
  {
    what: 'master_key in the wrong section',
    yaml: `${SOUND}litellm_settings: { master_key: os.environ/LITELLM_MASTER_KEY }`,
    path: 'litellm_settings.master_key',
    message: /belongs under general_settings: LiteLLM ignores it here/,
  },
  {
    what: 'routing_strategy in the wrong section',
    yaml: `${SOUND}general_settings: { routing_strategy: simple-shuffle }`,
    path: 'general_settings.routing_strategy',
    message: /belongs under router_settings/,
  },
  {
    what: 'model_list inside a section',
    yaml: `${SOUND}general_settings: { model_list: [] }`,
    path: 'general_settings.model_list',
    message: /belongs at the top level/,
  },
  {
    what: 'a setting at the top level',
    yaml: `${SOUND}store_model_in_db: true`,
    path: 'store_model_in_db',
    message: /unknown key/,
    hint: /belongs under general_settings/,
  },
  {
    what: 'a general setting misspelt',
    yaml: `${SOUND}general_settings: { proxy_batch_write: 60 }`,
    path: 'general_settings.proxy_batch_write',
    message: /unknown key/,
    hint: /"proxy_batch_write_at"/,
  },
  {
    what: 'a router setting misspelt',
    yaml: `${SOUND}router_settings: { num_retires: 0 }`,
    path: 'router_settings.num_retires',
    message: /unknown key/,
    hint: /"num_retries"/,
  },
  {
    what: 'a LiteLLM setting misspelt',
    yaml: `${SOUND}litellm_settings: { reqest_timeout: 60 }`,
    path: 'litellm_settings.reqest_timeout',
    message: /unknown key/,
    hint: /"request_timeout"/,
  },
  {
    what: 'a routing strategy misspelt',
    yaml: `${SOUND}router_settings: { routing_strategy: simple-shufle }`,
    path: 'router_settings.routing_strategy',
    message: /no routing strategy: did you mean "simple-shuffle"/,
  },
  {
    what: 'a switch as text',
    yaml: `${SOUND}router_settings: { disable_cooldowns: 'true' }`,
    path: 'router_settings.disable_cooldowns',
    message: /must be true or false, not "true"/,
  },
  {
    what: 'a number as text',
    yaml: `${SOUND}litellm_settings: { request_timeout: 60s }`,
    path: 'litellm_settings.request_timeout',
    message: /must be a number, not "60s"/,
  },
  {
    what: 'one callback where LiteLLM would take the letters for callbacks',
    yaml: `${SOUND}litellm_settings: { success_callback: langfuse }`,
    path: 'litellm_settings.success_callback',
    message: /must be a list/,
  },
  {
    what: 'LITELLM_CONFIG at the top level',
    yaml: `${SOUND}LITELLM_CONFIG: x`,
    path: 'LITELLM_CONFIG',
    message: /unknown key/,
    hint: /--config/,
  },
  {
    what: 'LITELLM_CONFIG as a variable',
    yaml: `${SOUND}environment_variables: { LITELLM_CONFIG: x }`,
    path: 'environment_variables.LITELLM_CONFIG',
    message: /no variable LITELLM_CONFIG/,
  },
  {
    what: 'a variable that LiteLLM skips',
    yaml: `${SOUND}environment_variables: { PATH: /bin }`,
    path: 'environment_variables.PATH',
    message: /skips/,
  },
  {
    what: 'a variable that is read before the file is',
    yaml: `${SOUND}environment_variables: { KEEPALIVE_TIMEOUT: '75' }`,
    path: 'environment_variables.KEEPALIVE_TIMEOUT',
    message: /before it reads its config/,
    hint: /proxy\.environment/,
  },
  {
    what: 'a variable that the task does not get',
    yaml: model('model: openai/x, api_base: os.environ/NOWHERE, api_key: none'),
    path: 'model_list[0].litellm_params.api_base',
    message: /no variable NOWHERE, .*public address/,
    hint: /proxy\.secrets/,
  },
  {
    what: 'a variable misspelt',
    yaml: model('model: openai/x, api_base: os.environ/MOCK_OPENAI_URI, api_key: none'),
    path: 'model_list[0].litellm_params.api_base',
    message: /no variable MOCK_OPENAI_URI/,
    hint: /os\.environ\/MOCK_OPENAI_URL/,
  },
  {
    what: 'a variable of environment_variables, which come too late',
    yaml: `environment_variables: { BASE: http://x }\n${model('model: openai/x, api_base: os.environ/BASE, api_key: none')}`,
    path: 'model_list[0].litellm_params.api_base',
    message: /only after os\.environ\/ is resolved/,
  },
  {
    what: 'a variable with something after it',
    yaml: model('model: openai/x, api_base: os.environ/MOCK_OPENAI_URL/v1, api_key: none'),
    path: 'model_list[0].litellm_params.api_base',
    message: /names no variable/,
    hint: /without \/v1/,
  },
  {
    what: 'a variable inside a value',
    yaml: model('model: openai/x, api_base: "http://os.environ/REDIS_HOST:80", api_key: none'),
    path: 'model_list[0].litellm_params.api_base',
    message: /only as a whole value/,
  },
  {
    what: 'a variable in a list, where LiteLLM does not resolve it',
    yaml: model('model: openai/x, api_key: none, tags: [os.environ/REDIS_HOST]'),
    path: 'model_list[0].litellm_params.tags[0]',
    message: /in maps only/,
  },
  {
    what: 'a variable as the shell writes it',
    yaml: model('model: openai/x, api_key: "${OPENAI_API_KEY}"'),
    path: 'model_list[0].litellm_params.api_key',
    message: /the way the shell does/,
    hint: /os\.environ\/OPENAI_API_KEY/,
  },
  {
    what: 'a bare shell variable',
    yaml: model('model: openai/x, api_key: $OPENAI_API_KEY'),
    path: 'model_list[0].litellm_params.api_key',
    message: /the way the shell does/,
  },
  {
    what: 'a variable as Python writes it',
    yaml: model(`model: openai/x, api_key: 'os.environ["OPENAI_API_KEY"]'`),
    path: 'model_list[0].litellm_params.api_key',
    message: /the way Python does/,
  },
  {
    what: 'a variable as templates write it',
    yaml: model('model: openai/x, api_key: "{{ OPENAI_API_KEY }}"'),
    path: 'model_list[0].litellm_params.api_key',
    message: /the way a template does/,
  },
  {
    what: 'an API key in clear',
    yaml: model('model: openai/x, api_key: sk-proj-abcdefghijklmnop'),
    path: 'model_list[0].litellm_params.api_key',
    message: /an API key in clear/,
    hint: /os\.environ\/OPENAI_API_KEY, which the task gets/,
  },
  {
    what: 'a key without a known shape',
    yaml: model('model: azure/x, api_base: http://x, api_key: 0f1e2d3c'),
    path: 'model_list[0].litellm_params.api_key',
    message: /a secret in clear/,
  },
  {
    what: 'a key in a header',
    yaml: model('model: openai/x, api_key: none, extra_headers: { Authorization: Bearer abcdefghijkl }'),
    path: 'model_list[0].litellm_params.extra_headers.Authorization',
    message: /a bearer token/,
  },
  {
    what: 'an AWS key',
    yaml: model('model: bedrock/x, aws_access_key_id: AKIAABCDEFGHIJKLMNOP'),
    path: 'model_list[0].litellm_params.aws_access_key_id',
    message: /an AWS access key/,
  },
  {
    what: 'the master key in clear',
    yaml: `${SOUND}general_settings: { master_key: sk-1234 }`,
    path: 'general_settings.master_key',
    message: /in clear/,
    hint: /os\.environ\/LITELLM_MASTER_KEY, which the task gets/,
  },
  {
    what: 'a database address with its password',
    yaml: `${SOUND}general_settings: { database_url: 'postgresql://u:p@host/db' }`,
    path: 'general_settings.database_url',
    message: /an address with a password/,
  },
  {
    what: 'a password as a number',
    yaml: `${SOUND}router_settings: { redis_host: h, redis_password: 1234 }`,
    path: 'router_settings.redis_password',
    message: /in clear/,
  },
  {
    what: 'a secret among the variables',
    yaml: `${SOUND}environment_variables: { LANGFUSE_SECRET_KEY: abc }`,
    path: 'environment_variables.LANGFUSE_SECRET_KEY',
    message: /in clear/,
    hint: /proxy\.secrets\.LANGFUSE_SECRET_KEY/,
  },
  {
    what: 'DATABASE_URL, which the task does not get',
    yaml: `${SOUND}general_settings: { database_url: os.environ/DATABASE_URL }`,
    path: 'general_settings.database_url',
    message: /no DATABASE_URL/,
    hint: /DATABASE_HOST/,
  },
  {
    what: 'store_model_in_db without a database',
    yaml: `${SOUND}general_settings: { store_model_in_db: true }`,
    path: 'general_settings.store_model_in_db',
    message: /no database/,
    context: withoutDatabase,
  },
  {
    what: 'the same deployment twice',
    yaml: `
model_list:
  - { model_name: m, litellm_params: { model: openai/x, api_key: none } }
  - { model_name: m, litellm_params: { api_key: none, model: openai/x } }`,
    path: 'model_list[1]',
    message: /repeats model_list\[0\]/,
  },
  {
    what: 'an id twice',
    yaml: `
model_list:
  - { model_name: a, litellm_params: { model: openai/x }, model_info: { id: one } }
  - { model_name: b, litellm_params: { model: openai/y }, model_info: { id: one } }`,
    path: 'model_list[1].model_info.id',
    message: /already the id of model_list\[0\]/,
  },
  {
    what: 'a provider misspelt',
    yaml: model('model: opnai/x, api_key: none'),
    path: 'model_list[0].litellm_params.model',
    message: /no provider "opnai"/,
    hint: /"openai\/"/,
  },
  { what: 'an included file', yaml: `${SOUND}include: [models.yaml]`, path: 'include', message: /config\.yaml alone/ },
];

const WARNINGS: readonly Case[] = [
  {
    what: 'a parameter misspelt',
    yaml: model('model: openai/x, api_bas: http://x, api_key: none'),
    path: 'model_list[0].litellm_params.api_bas',
    message: /passes it on/,
    hint: /"api_base"/,
  },
  {
    what: 'a model without a provider',
    yaml: model('model: my-own-model, api_key: none'),
    path: 'model_list[0].litellm_params.model',
    message: /names no provider/,
    hint: /openai\/my-own-model/,
  },
  {
    what: 'the public endpoint of the published benchmark',
    yaml: model('model: openai/x, api_base: "https://exampleopenaiendpoint-production.up.railway.app/", api_key: none'),
    path: 'model_list[0].litellm_params.api_base',
    message: /shared by everybody/,
    hint: /MOCK_OPENAI_URL/,
  },
  {
    what: 'the example mock with /v1',
    yaml: model('model: openai/x, api_base: "http://example_openai_endpoint:8090/v1", api_key: none'),
    path: 'model_list[0].litellm_params.api_base',
    message: /Anthropic/,
    hint: /leave \/v1 out/,
  },
  {
    what: 'a canned answer',
    yaml: model('model: openai/x, api_key: none, mock_response: hello'),
    path: 'model_list[0].litellm_params.mock_response',
    message: /before any call goes upstream/,
  },
  {
    what: 'the mock inside LiteLLM’s client',
    yaml: `${SOUND}litellm_settings: { network_mock: true }`,
    path: 'litellm_settings.network_mock',
    message: /not part of what is measured/,
  },
  {
    what: 'routing by usage',
    yaml: `${SOUND}router_settings: { routing_strategy: usage-based-routing-v2 }`,
    path: 'router_settings.routing_strategy',
    message: /asks Redis/,
  },
  {
    what: 'verbose output',
    yaml: `${SOUND}litellm_settings: { set_verbose: true }`,
    path: 'litellm_settings.set_verbose',
    message: /logging would be measured/,
  },
  {
    what: 'health checks in the background',
    yaml: `${SOUND}general_settings: { background_health_checks: true }`,
    path: 'general_settings.background_health_checks',
    message: /every worker/,
  },
  {
    what: 'spend written too often',
    yaml: `${SOUND}general_settings: { proxy_batch_write_at: 1 }`,
    path: 'general_settings.proxy_batch_write_at',
    message: /every 1 s/,
  },
  {
    what: 'a cache in front of the upstream',
    yaml: `${SOUND}litellm_settings: { cache: true }`,
    path: 'litellm_settings.cache',
    message: /without asking the upstream/,
  },
  {
    what: 'a request that outlives the load balancer’s patience',
    yaml: `${SOUND}litellm_settings: { request_timeout: 6000 }`,
    path: 'litellm_settings.request_timeout',
    message: /600 s, LiteLLM only after 6000 s/,
  },
  {
    what: 'a fallback to a model that is not there',
    yaml: `${SOUND}router_settings: { fallbacks: [{ fake-openai-endpoint: [fake-openai-endpont] }] }`,
    path: 'router_settings.fallbacks[0].fake-openai-endpoint[0]',
    message: /no model "fake-openai-endpont"/,
    hint: /"fake-openai-endpoint"/,
  },
  {
    what: 'Python code beside the file',
    yaml: `${SOUND}litellm_settings: { callbacks: [custom_callbacks.handler] }`,
    path: 'litellm_settings.callbacks',
    message: /config\.yaml, which the task gets alone/,
  },
  {
    what: 'a limit that 16 processes count each for itself',
    yaml: model('model: openai/x, api_key: none, rpm: 60'),
    path: 'model_list[0].litellm_params.rpm',
    message: /16 processes count this each for itself/,
    context: { ...withoutRedis, processes: 16 },
  },
  {
    what: 'limits of keys in production without Redis',
    yaml: SOUND,
    path: '',
    message: /16 processes count the limits and budgets of keys/,
    context: { ...withoutRedis, processes: 16, production: true },
  },
];

describe('lintLiteLlmConfig', () => {
  it.each(ERRORS)('refuses $what', ({ yaml, path, message, hint, context }) => {
    const errors = lint(yaml, context).filter((problem) => isError(problem) && problem.path === path);
    expect(errors.map((problem) => problem.message)).toContainEqual(expect.stringMatching(message));
    expect(errors.map((problem) => problem.hint ?? '')).toContainEqual(expect.stringMatching(hint ?? /^/));
  });

  it.each(WARNINGS)('warns of $what, and of nothing else', ({ yaml, path, message, hint, context }) => {
    const problems = lint(yaml, context);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ path, severity: 'warning' });
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.hint ?? '').toMatch(hint ?? /^/);
  });

  it('reports all problems at once, in the order of the lines', () => {
    const problems = lint(`
general_settings:
  master_key: sk-abcdefghijkl
model_lst: []
router_settings: { num_retires: 0 }
`);
    expect(problems.map(({ line, path }) => [line, path])).toEqual([
      [2, ''],
      [3, 'general_settings.master_key'],
      [4, 'model_lst'],
      [5, 'router_settings.num_retires'],
    ]);
  });

  it.each([
    ['a setting of text', (secret: string) => `general_settings: { master_key: ${secret} }`],
    ['a setting of numbers', (secret: string) => `litellm_settings: { request_timeout: ${secret} }`],
    ['a shell default', (secret: string) => `router_settings: { redis_password: "\${REDIS_PASSWORD:-${secret}}" }`],
    ['a model', (secret: string) => `model_list: [{ model_name: a, litellm_params: { model: ${secret} } }]`],
  ])('never repeats a secret that stands in %s', (_where, yaml) => {
    const secret = 'sk-this-must-not-appear-in-any-message-however-long-it-is-written-out';
    const problems = lint(yaml(secret));
    expect(problems).not.toEqual([]);
    expect(JSON.stringify(problems)).not.toContain('must-not-appear');
  });

  it('only warns of settings that a newer LiteLLM may know', () => {
    const text = `${SOUND}general_settings: { brand_new_setting: true }`;
    expect(lint(text, { ...withDatabase, litellmVersion: '1.108.7' }).some(isError)).toBe(true);
    expect(lint(text, { ...withDatabase, litellmVersion: '1.109.0' }).some(isError)).toBe(false);
  });

  it('says nothing of limits that one process counts, or Redis', () => {
    const limited = model('model: openai/x, api_key: none, rpm: 60');
    expect(lint(limited, { ...withoutRedis, processes: 1 })).toEqual([]);
    const redis = `${limited}router_settings: { redis_host: redis.internal, redis_port: 6379 }`;
    expect(lint(redis, { ...withoutRedis, processes: 16 })).toEqual([]);
  });

  it('leaves variables that a secret manager may know to LiteLLM', () => {
    const text = `${model('model: openai/x, api_key: os.environ/FROM_VAULT')}general_settings: { key_management_system: aws_secret_manager }`;
    expect(lint(text).filter(isError)).toEqual([]);
  });

  it('survives any document', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify({ model_list: value, general_settings: value, environment_variables: value });
        expect(Array.isArray(lint(text))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
