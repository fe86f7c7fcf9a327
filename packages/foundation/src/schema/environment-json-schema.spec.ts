import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentNames, workspaceRoot } from '..';
import { environmentJsonSchema } from './environment-json-schema';

describe('the JSON Schema of environment.yaml', () => {
  it('is the one that is shipped (otherwise: npx nx schemas foundation)', () => {
    expect(readFileSync(join(__dirname, '../../schema/environment.json'), 'utf8')).toBe(environmentJsonSchema());
  });

  it('is named by every shipped file, so that editors find it', () => {
    for (const name of environmentNames()) {
      const [firstLine] = readFileSync(join(workspaceRoot(), 'environments', name, 'environment.yaml'), 'utf8').split(
        '\n',
      );
      expect(firstLine).toBe('# yaml-language-server: $schema=../../packages/foundation/schema/environment.json');
    }
  });

  it('asks for what is required, and knows no other keys', () => {
    expect(JSON.parse(environmentJsonSchema())).toMatchObject({
      required: ['namespace', 'region', 'backend'],
      additionalProperties: false,
    });
  });
});
