import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { liteLlmConfigJsonSchema } from './json-schema';

const file = join(__dirname, '../../schema/litellm-config.json');

describe('schema/litellm-config.json', () => {
  it('is what the zod schema says; `npx nx schemas proxy-service` writes it', () => {
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(liteLlmConfigJsonSchema())));
  });

  it('lets editors refuse what LiteLLM would ignore', () => {
    const { $defs } = liteLlmConfigJsonSchema() as {
      $defs: Record<string, { additionalProperties: unknown; required: unknown }>;
    };
    expect($defs['litellm-config']).toMatchObject({ additionalProperties: false, required: ['model_list'] });
  });
});
