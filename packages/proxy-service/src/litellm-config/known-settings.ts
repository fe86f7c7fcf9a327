import { z } from 'zod';
import read from './known-settings.json';

const kind = z.enum(['boolean', 'integer', 'number', 'string', 'list', 'map', 'any']);
/** What values a setting takes; `any` where LiteLLM's source does not say it in one word. */
export type SettingKind = z.output<typeof kind>;

const settings = z.record(z.string(), kind);

/** Made by scripts/read_litellm_settings.py out of the source of the LiteLLM release that it names. */
const known = z
  .strictObject({
    litellm: z.string(),
    topLevel: z.array(z.string()),
    providers: z.array(z.string()),
    routingStrategies: z.array(z.string()),
    general_settings: settings,
    litellm_settings: settings,
    router_settings: settings,
    litellm_params: settings,
    model_info: settings,
  })
  .parse(read);

/** The release of LiteLLM whose settings these are. */
export const KNOWN_LITELLM_VERSION = known.litellm;
/** Sections of config.yaml. */
export const TOP_LEVEL_KEYS: readonly string[] = known.topLevel;
/** What may stand before the slash in `model: openai/gpt-4o`. */
export const PROVIDERS: readonly string[] = known.providers;
export const ROUTING_STRATEGIES: readonly string[] = known.routingStrategies;

/** The sections whose unknown keys LiteLLM drops in silence. */
export const SETTINGS_SECTIONS = ['general_settings', 'litellm_settings', 'router_settings'] as const;
export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];

/** Kinds that LiteLLM's annotations leave open, and its code does not. */
const SHARPENED: Readonly<Record<SettingsSection, Readonly<Record<string, SettingKind>>>> = {
  general_settings: {
    allow_requests_on_db_unavailable: 'boolean',
    database_connection_pool_timeout: 'number',
    disable_error_logs: 'boolean',
    disable_master_key_return: 'boolean',
    disable_prisma_schema_update: 'boolean',
    disable_reset_budget: 'boolean',
    disable_spend_logs: 'boolean',
    disable_spend_updates: 'boolean',
    proxy_batch_write_at: 'integer',
    use_redis_transaction_buffer: 'boolean',
    user_api_key_cache_ttl: 'number',
  },
  litellm_settings: {
    cache: 'boolean',
    cache_params: 'map',
    // One name may also stand alone, without a list.
    callbacks: 'any',
    drop_params: 'boolean',
    json_logs: 'boolean',
    num_retries: 'integer',
    set_verbose: 'boolean',
  },
  router_settings: {
    // Redis's client takes it as text, too, and LiteLLM's own examples write it so.
    redis_port: 'any',
  },
};

const BY_SECTION: Readonly<Record<SettingsSection, Readonly<Record<string, SettingKind>>>> = {
  general_settings: { ...known.general_settings, ...SHARPENED.general_settings },
  litellm_settings: { ...known.litellm_settings, ...SHARPENED.litellm_settings },
  router_settings: { ...known.router_settings, ...SHARPENED.router_settings },
};

/** Settings of a section, each with what values it takes. */
export function settingsOf(section: SettingsSection): Readonly<Record<string, SettingKind>> {
  return BY_SECTION[section];
}

/** Parameters of a deployment that LiteLLM itself knows; providers take more. */
export const LITELLM_PARAMS: Readonly<Record<string, SettingKind>> = known.litellm_params;
/** Facts about a deployment that LiteLLM itself knows; it keeps any other. */
export const MODEL_INFO: Readonly<Record<string, SettingKind>> = known.model_info;
