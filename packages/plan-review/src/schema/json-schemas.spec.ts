import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from './json-schemas';

describe('the JSON Schemas', () => {
  it.each(Object.entries(jsonSchemas()))(
    'schema/%s is what the source says (npx nx schemas plan-review)',
    (name, schema) => {
      expect(readFileSync(join(__dirname, '../../schema', name), 'utf8')).toBe(schema);
    },
  );
});
