import type { Finding, Rule } from '../lint-context';

/** Below this many seconds, writing spend in batches costs the database more than it saves. */
const LOWEST_BATCH_INTERVAL_SECONDS = 10;

/** Settings that need a database where there is none, and those with which it becomes the bottleneck. */
export const databaseSettings: Rule = (config, { hasDatabase }) => {
  const general = config.section('general_settings');
  return hasDatabase ? withDatabase(general) : withoutDatabase(general);
};

function withoutDatabase(general: Readonly<Record<string, unknown>>): Finding[] {
  const needing = Object.keys(general).filter(
    (key) => (key === 'store_model_in_db' && general[key] === true) || key === 'database_url',
  );
  return needing.map((key) => ({
    path: ['general_settings', key],
    message: 'the environment has no database',
    hint: 'remove it, or give environment.yaml a database',
  }));
}

function withDatabase(general: Readonly<Record<string, unknown>>): Finding[] {
  const interval = general.proxy_batch_write_at;
  if (typeof interval !== 'number' || interval >= LOWEST_BATCH_INTERVAL_SECONDS) return [];
  return [
    {
      path: ['general_settings', 'proxy_batch_write_at'],
      message: `writes spend to the database every ${interval} s from every worker`,
      hint: 'at least 10 (its default); LiteLLM recommends 60 for production',
      severity: 'warning',
    },
  ];
}
