import { z } from 'zod';
import { environmentSchema } from '../environment/schema/environment-schema';

/** The JSON Schema of environment.yaml, as people write it: for editors, which complete and check with it. */
export function environmentJsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(environmentSchema, { io: 'input', target: 'draft-7' });
  const titled = { $schema, title: 'LoadLab environment', ...schema };
  return `${JSON.stringify(titled, undefined, 2)}\n`;
}
