import { z } from 'zod';
import { liteLlmConfigSchema } from './litellm-config-schema';

/**
 * The JSON Schema of config.yaml for editors: as `liteLlmConfigSchema`, but keys that LiteLLM would ignore in silence
 * are refused, and a model is required, as the linter does.
 */
export function liteLlmConfigJsonSchema(): object {
  return z.toJSONSchema(liteLlmConfigSchema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (jsonSchema.closed === true) {
        jsonSchema.additionalProperties = false;
        delete jsonSchema.closed;
      }
      if (zodSchema === liteLlmConfigSchema) jsonSchema.required = ['model_list'];
    },
  });
}
