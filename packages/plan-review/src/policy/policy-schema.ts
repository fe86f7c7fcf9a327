import { z } from 'zod';

const oneOrMore = <T extends z.ZodType>(schema: T) =>
  z.union([schema.transform((one) => [one]), z.array(schema).min(1)]);
const action = z.enum(['create', 'update', 'replace', 'delete', 'forget']);

/** A rule applies to a change that meets all of its conditions; a condition that is left out is met. */
const rule = z.strictObject({
  name: z.string().min(1).describe('Names the rule in reviews'),
  level: z.enum(['deny', 'needs-approval', 'warn']),
  type: oneOrMore(z.string()).optional().describe('Resource types, with * as a wildcard: aws_db_*'),
  action: oneOrMore(action).optional(),
  attribute: oneOrMore(z.string()).optional().describe('Paths of attributes that change, with * as a wildcard'),
  risk: oneOrMore(z.enum(['critical', 'high', 'medium', 'low', 'none'])).optional(),
  stack: oneOrMore(z.string()).optional(),
  message: z.string().min(1).describe('What to tell the author: why, and what to do instead'),
});

/** reviews.yaml: what a platform team denies, wants to approve, or warns of. */
export const policySchema = z.strictObject({ rules: z.array(rule) });

export type PolicyRule = z.output<typeof rule>;

/** A rule that a change met. */
export interface PolicyFinding {
  readonly rule: string;
  readonly level: PolicyRule['level'];
  readonly stack: string;
  readonly address: string;
  readonly message: string;
}
