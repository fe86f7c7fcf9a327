import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from './json-schemas';

/** `nx schemas loadtest`: writes schema/*.json anew. A test holds them against the source. */
for (const [name, schema] of Object.entries(jsonSchemas()))
  writeFileSync(join(__dirname, '../../schema', name), schema);
