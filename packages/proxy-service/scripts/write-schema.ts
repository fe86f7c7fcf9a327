import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { liteLlmConfigJsonSchema } from '../src/litellm-config/json-schema';

const file = join(__dirname, '..', 'schema', 'litellm-config.json');
writeFileSync(file, `${JSON.stringify(liteLlmConfigJsonSchema(), null, 2)}\n`);
