import type { ConfigView, DeploymentView } from '../config-view';
import type { Finding, LintContext, Rule } from '../lint-context';

const RAILWAY = /exampleopenaiendpoint[\w-]*\.up\.railway\.app/i;
const EXAMPLE_ENDPOINT = /example[_-]?openai[_-]?endpoint|:8090\b/i;
const CANNED = ['mock_response', 'mock_timeout', 'mock_tool_calls'];

/** Legal settings with which the numbers mean something else than they seem to. All are warnings. */
export const benchmarkHazards: Rule = (config, context) =>
  [
    ...config.deployments.flatMap((deployment) => [...upstream(deployment), ...canned(deployment)]),
    ...settings(config),
    ...timeouts(config, context),
  ].map((finding) => ({ ...finding, severity: 'warning' as const }));

function upstream({ index, params }: DeploymentView): Finding[] {
  const key = params.api_base === undefined ? 'base_url' : 'api_base';
  const base = params[key];
  if (typeof base !== 'string') return [];
  const path = ['model_list', index, 'litellm_params', key];
  if (RAILWAY.test(base)) {
    return [
      {
        path,
        message: 'a public endpoint shared by everybody: its delays would be measured, not the gateway’s',
        hint: 'write os.environ/MOCK_OPENAI_URL',
      },
    ];
  }
  if (EXAMPLE_ENDPOINT.test(base) && /\/v1\/?$/.test(base)) {
    return [
      {
        path,
        message: 'that mock answers /v1/chat/completions in the shape of Anthropic’s API, and never streams',
        hint: 'leave /v1 out',
      },
    ];
  }
  return [];
}

function canned({ index, params }: DeploymentView): Finding[] {
  return CANNED.filter((key) => params[key] !== undefined).map((key) => ({
    path: ['model_list', index, 'litellm_params', key],
    message: 'answers before any call goes upstream, and without the header that says the overhead',
    hint: 'to measure overhead, use the mock upstream: os.environ/MOCK_OPENAI_URL',
  }));
}

interface Hazard {
  readonly path: readonly [section: string, key: string];
  readonly when: (value: unknown) => boolean;
  readonly message: string;
  readonly hint: string;
}

const HAZARDS: readonly Hazard[] = [
  {
    path: ['litellm_settings', 'network_mock'],
    when: (value) => value === true,
    message: 'answers inside LiteLLM’s HTTP client: connections to the upstream are not part of what is measured',
    hint: 'to measure overhead, use the mock upstream: os.environ/MOCK_OPENAI_URL',
  },
  ...['litellm_settings', 'router_settings'].map((section) => ({
    path: [section, 'set_verbose'] as const,
    when: (value: unknown) => value === true,
    message: 'prints every request and response: logging would be measured',
    hint: 'remove it',
  })),
  {
    path: ['router_settings', 'debug_level'],
    when: (value) => value === 'DEBUG',
    message: 'logs every routing decision: logging would be measured',
    hint: 'remove it',
  },
  {
    path: ['litellm_settings', 'log_raw_request_response'],
    when: (value) => value === true,
    message: 'keeps every raw request and response for the loggers',
    hint: 'remove it',
  },
  {
    path: ['router_settings', 'routing_strategy'],
    when: (value) => typeof value === 'string' && value.startsWith('usage-based-routing'),
    message: 'asks Redis before every request; LiteLLM advises against it in production',
    hint: 'simple-shuffle, the default, is the fastest',
  },
  {
    path: ['general_settings', 'background_health_checks'],
    when: (value) => value === true,
    message: 'every worker of every task calls every model in the background, also while it is measured',
    hint: 'remove it',
  },
  {
    path: ['general_settings', 'store_prompts_in_spend_logs'],
    when: (value) => value === true,
    message: 'writes every prompt and answer to the database: about ten times the data',
    hint: 'remove it',
  },
  {
    path: ['litellm_settings', 'cache'],
    when: (value) => value === true,
    message: 'answers a repeated prompt without asking the upstream',
    hint: 'remove it, or keep prompts unique (request.prompt.unique in the scenario)',
  },
];

function settings(config: ConfigView): Finding[] {
  const found = HAZARDS.filter(({ path: [section, key], when }) => when(config.section(section)[key]));
  const variables = config.section('environment_variables');
  const debug = Object.entries(variables).filter(
    ([name, value]) => name === 'LITELLM_LOG' && String(value).toUpperCase() === 'DEBUG',
  );
  return [
    ...found.map(({ path, message, hint }) => ({ path, message, hint })),
    ...debug.map(([name]) => ({
      path: ['environment_variables', name],
      message: 'writes several lines for every request: logging would be measured',
      hint: 'remove it: the task runs with LITELLM_LOG=ERROR',
    })),
  ];
}

/** A request that may last longer than the load balancer waits ends as the balancer's 504, with LiteLLM still at it. */
function timeouts(config: ConfigView, { idleTimeoutSeconds }: LintContext): Finding[] {
  const limit = config.section('litellm_settings').request_timeout;
  if (idleTimeoutSeconds === undefined || typeof limit !== 'number' || limit <= idleTimeoutSeconds) return [];
  return [
    {
      path: ['litellm_settings', 'request_timeout'],
      message: `the load balancer gives a silent request up after ${idleTimeoutSeconds} s, LiteLLM only after ${limit} s`,
      hint: `at most ${idleTimeoutSeconds}`,
    },
  ];
}
