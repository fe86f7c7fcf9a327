import { z } from 'zod';
import { recordSchema } from '../record/record-schema';
import { scenarioSchema } from '../scenario/scenario-schema';

/** The JSON Schemas of what people write and what runs leave behind, by file name, for editors and other programs. */
export function jsonSchemas(): Readonly<Record<string, string>> {
  return {
    'scenario.json': text(scenarioSchema, 'inline'),
    // A record has the same parts many times over.
    'record.json': text(recordSchema, 'ref'),
  };
}

/** What may be written, not what it becomes: units and defaults as people see them. */
function text(schema: z.ZodType, reused: 'inline' | 'ref'): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', reused }), null, 2)}\n`;
}
