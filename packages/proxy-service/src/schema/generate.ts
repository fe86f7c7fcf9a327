import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { liteLlmConfigJsonSchema } from '../litellm-config/json-schema';

// `npx nx run proxy-service:schemas`: writes what the test beside json-schema.ts holds against the zod schema.
const folder = join(__dirname, '../../schema');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'litellm-config.json'), `${JSON.stringify(liteLlmConfigJsonSchema(), null, 2)}\n`);
