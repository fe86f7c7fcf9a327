import type { ConfigView } from '../config-view';
import type { Finding, LintContext, Rule } from '../lint-context';

/** Limits that LiteLLM counts in the memory of each process where it has no Redis. */
const OF_A_DEPLOYMENT = ['rpm', 'tpm', 'itpm', 'otpm', 'max_parallel_requests'];
const OF_THE_GATEWAY: readonly (readonly [section: string, key: string])[] = [
  ['general_settings', 'max_parallel_requests'],
  ['general_settings', 'global_max_parallel_requests'],
  ['router_settings', 'provider_budget_config'],
  ['litellm_settings', 'max_budget'],
];

/** Without Redis a limit means as many times as there are processes what it says. */
export const perProcessLimits: Rule = (config, context) => {
  const { processes = 1 } = context;
  if (processes === 1 || hasRedis(config, context)) return [];
  const paths = limits(config);
  const hint = 'give LiteLLM a Redis (router_settings.redis_host), or divide the limit';
  const message = `${processes} processes count this each for itself: up to ${processes} times as much passes`;
  if (paths.length > 0) return paths.map((path): Finding => ({ path, message, hint, severity: 'warning' }));
  if (context.production !== true) return [];
  return [
    {
      path: [],
      message: `without Redis, ${processes} processes count the limits and budgets of keys each for itself`,
      hint: 'give LiteLLM a Redis: router_settings.redis_host, redis_port and redis_password',
      severity: 'warning',
    },
  ];
};

function limits(config: ConfigView): (readonly (string | number)[])[] {
  return [
    ...config.deployments.flatMap(({ index, params }) =>
      OF_A_DEPLOYMENT.filter((key) => params[key] !== undefined).map((key) => [
        'model_list',
        index,
        'litellm_params',
        key,
      ]),
    ),
    ...OF_THE_GATEWAY.filter(([section, key]) => config.section(section)[key] !== undefined),
  ];
}

function hasRedis(config: ConfigView, { variables }: LintContext): boolean {
  const router = config.section('router_settings');
  const cache = config.section('litellm_settings');
  return (
    router.redis_host !== undefined ||
    router.redis_url !== undefined ||
    config.section('general_settings').coordination_redis !== undefined ||
    (cache.cache === true && cache.cache_params !== undefined) ||
    variables.some((name) => name === 'REDIS_HOST' || name === 'REDIS_URL')
  );
}
