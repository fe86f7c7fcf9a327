import { didYouMean } from '@loadlab/foundation';
import { z } from 'zod';
import {
  LITELLM_PARAMS,
  MODEL_INFO,
  ROUTING_STRATEGIES,
  settingsOf,
  TOP_LEVEL_KEYS,
  type SettingKind,
  type SettingsSection,
} from './known-settings';

/** A value that LiteLLM takes from the variable NAME when it starts. */
const osEnviron = z.string().regex(/^os\.environ\//, { abort: true });

const KINDS: Readonly<Record<Exclude<SettingKind, 'any'>, { schema: z.ZodType; words: string }>> = {
  boolean: { schema: z.boolean(), words: 'true or false' },
  integer: { schema: z.number().int(), words: 'a whole number' },
  number: { schema: z.number(), words: 'a number' },
  string: { schema: z.string(), words: 'text' },
  list: { schema: z.array(z.unknown()), words: 'a list' },
  map: { schema: z.record(z.string(), z.unknown()), words: 'a map' },
};

/** Any setting may be left empty, and any but a list or map may come from a variable. */
function settingOf(kind: Exclude<SettingKind, 'any'>): z.ZodType {
  const { schema, words } = KINDS[kind];
  const error = ({ input }: { readonly input?: unknown }): string => `must be ${words}, not ${JSON.stringify(input)}`;
  const choices = kind === 'list' || kind === 'map' ? [schema, z.null()] : [schema, osEnviron, z.null()];
  return z.union(choices, { error }).meta({ id: kind });
}

const SETTINGS: Readonly<Record<SettingKind, z.ZodType>> = {
  any: z.unknown(),
  boolean: settingOf('boolean'),
  integer: settingOf('integer'),
  number: settingOf('number'),
  string: settingOf('string'),
  list: settingOf('list'),
  map: settingOf('map'),
};

function shapeOf(settings: Readonly<Record<string, SettingKind>>): Record<string, z.ZodOptional> {
  return Object.fromEntries(Object.entries(settings).map(([name, kind]) => [name, SETTINGS[kind].optional()]));
}

/**
 * LiteLLM drops other keys in silence: the editor's schema refuses them, and `unknownKeys` explains each
 * (the parse lets them pass, so that they meet the rule).
 */
const CLOSED = { closed: true } as const;

const settingsSection = (section: SettingsSection, sharper: Record<string, z.ZodOptional> = {}) =>
  z
    .looseObject({ ...shapeOf(settingsOf(section)), ...sharper })
    .meta({ ...CLOSED, description: 'Keys that LiteLLM does not know it ignores without a word.' })
    .nullable()
    .optional();

const routingStrategy = z.union([z.enum(ROUTING_STRATEGIES as [string, ...string[]]), osEnviron], {
  error: ({ input }) => {
    const likely = didYouMean(String(input), ROUTING_STRATEGIES);
    const allowed = likely === undefined ? `one of ${ROUTING_STRATEGIES.join(', ')}` : `did you mean "${likely}"?`;
    return `${JSON.stringify(input)} is no routing strategy: ${allowed}`;
  },
});

const model = z
  .string()
  .min(1)
  .meta({ description: 'provider/name, such as openai/gpt-4o; the provider decides how LiteLLM speaks upstream.' });

/** Permissive: whatever LiteLLM does not know it hands to the provider. */
const litellmParams = z.looseObject({ ...shapeOf(LITELLM_PARAMS), model });

const modelInfo = z.looseObject({
  ...shapeOf(MODEL_INFO),
  id: z.union([z.string(), z.number()]).optional().meta({
    description: 'Comes back as x-litellm-model-id. LiteLLM makes one up where there is none.',
  }),
});

/** One way to serve a model name; several with the same name share its load. */
const deploymentSchema = z
  .looseObject({
    model_name: z.string().min(1).meta({ description: 'What clients ask for. A * in it matches anything.' }),
    litellm_params: litellmParams,
    // Not empty: an empty one stops LiteLLM 1.108.7 with an AttributeError.
    model_info: modelInfo.optional(),
    blocked: z.boolean().nullable().optional(),
  })
  .meta(CLOSED);

/** One deployment of `model_list`. */
export type LiteLlmDeployment = z.output<typeof deploymentSchema>;

/**
 * LiteLLM's config.yaml. LiteLLM has no schema of its own, and neither has its `--validate_config`: both take a file
 * whose `model_list` is misspelt. This one knows what the release `KNOWN_LITELLM_VERSION` reads.
 * @source https://docs.litellm.ai/docs/proxy/config_settings
 */
export const liteLlmConfigSchema = z
  .looseObject({
    ...Object.fromEntries(TOP_LEVEL_KEYS.map((key) => [key, z.unknown().optional()])),
    environment_variables: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .nullable()
      .optional()
      .meta({ description: 'Set after os.environ/ is resolved: nothing else in this file can refer to them.' }),
    model_list: z.array(deploymentSchema).nullable().optional(),
    litellm_settings: settingsSection('litellm_settings'),
    callback_settings: z.record(z.string(), z.unknown()).nullable().optional(),
    general_settings: settingsSection('general_settings'),
    router_settings: settingsSection('router_settings', {
      routing_strategy: routingStrategy.optional(),
    }),
  })
  .meta({ ...CLOSED, id: 'litellm-config', title: "LiteLLM's config.yaml" });

/** A config.yaml that holds to the schema. */
export type LiteLlmConfig = z.output<typeof liteLlmConfigSchema>;
