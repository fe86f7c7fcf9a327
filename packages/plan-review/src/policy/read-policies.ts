import { parseWithSchema, readDocument } from '@loadlab/foundation';
import { policySchema, type PolicyRule } from './policy-schema';

/** Reads a policy file (`reviews.yaml`). @throws {InputError} with all of its problems */
export function readPolicies(file: string): readonly PolicyRule[] {
  return parseWithSchema(readDocument(file), policySchema).rules;
}
