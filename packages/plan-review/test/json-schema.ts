import sarifJsonSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
import Ajv from 'ajv';
import draft4 from 'ajv/lib/refs/json-schema-draft-04.json';
import reviewJsonSchema from '../schema/review.json';

const ajv = new Ajv({ allErrors: true, unknownFormats: 'ignore', schemaId: 'auto' });
// SARIF's own schema is of an older draft.
ajv.addMetaSchema(draft4);
const validators = { review: ajv.compile(reviewJsonSchema), sarif: ajv.compile(sarifJsonSchema) };

/** What a JSON text has that its schema does not allow; empty when it is valid. */
export function schemaErrors(schema: keyof typeof validators, json: string): string[] {
  const validate = validators[schema];
  if (validate(JSON.parse(json)) === true) return [];
  return (validate.errors ?? []).map(({ dataPath, message }) => `${dataPath} ${message ?? ''}`);
}
