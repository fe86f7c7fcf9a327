import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from './json-schemas';

// `npx nx schemas plan-review`: writes schema/*.json anew. A test holds them against the source.
const folder = join(__dirname, '../../schema');
mkdirSync(folder, { recursive: true });
for (const [name, schema] of Object.entries(jsonSchemas())) writeFileSync(join(folder, name), schema);
