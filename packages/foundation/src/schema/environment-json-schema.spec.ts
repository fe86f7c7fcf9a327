import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentJsonSchema } from './environment-json-schema';

describe('the JSON Schema of environment.yaml', () => {
  it('is the one that is shipped (otherwise: npx nx schemas foundation)', () => {
    expect(readFileSync(join(__dirname, '../../schema/environment.json'), 'utf8')).toBe(environmentJsonSchema());
  });

  it('asks for what is required, and knows no other keys', () => {
    expect(JSON.parse(environmentJsonSchema())).toMatchObject({
      required: ['namespace', 'region', 'backend'],
      additionalProperties: false,
    });
  });
});
