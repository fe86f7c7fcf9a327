import { z } from 'zod';

const LEVELS = ['deny', 'needs-approval', 'warn'] as const;
const ACTIONS = ['create', 'update', 'replace', 'delete', 'forget', 'move', 'import'] as const;

const oneOrMore = <T extends z.ZodType>(schema: T) => z.union([schema, z.array(schema).min(1)]);
const pattern = z.string().min(1);

/** A rule applies to a change that meets all of its conditions; a condition that is left out is met. */
const rule = z.strictObject({
  name: z.string().min(1).describe('Names the rule in reviews'),
  level: z
    .enum(LEVELS)
    .describe('deny: exit 1 and no apply; needs-approval: a person must name the plan; warn: only said'),
  type: oneOrMore(pattern).optional().describe('Resource types, with * as a wildcard: aws_db_*'),
  action: oneOrMore(z.enum(ACTIONS)).optional().describe('What happens to it'),
  attribute: oneOrMore(pattern)
    .optional()
    .describe('Paths of attributes that change or are given, with * as a wildcard: ingress*, policy#*'),
  to: oneOrMore(z.union([pattern, z.number(), z.boolean()]))
    .optional()
    .describe('What one of these attributes becomes, with * as a wildcard'),
  tag: z.record(z.string(), oneOrMore(pattern)).optional().describe('Tags that it carries: { environment: prod* }'),
  withoutTag: oneOrMore(z.string().min(1))
    .optional()
    .describe('Tags of which it lacks one, where its type can carry any'),
  access: z.enum(['widened', 'narrowed']).optional().describe('Whether it opens or closes access'),
  risk: oneOrMore(z.enum(['critical', 'high', 'medium', 'low', 'none'])).optional(),
  stack: oneOrMore(pattern).optional().describe('Stacks, with * as a wildcard: *-production'),
  message: z.string().min(1).describe('What to tell the author: why, and what to do instead'),
});

/** reviews.yaml: what a platform team denies, wants to approve, or warns of. */
export const policySchema = z.strictObject({
  rules: z.array(rule).superRefine((rules, context) => {
    rules.forEach(({ name, to, attribute }, index) => {
      if (rules.findIndex((other) => other.name === name) < index)
        context.addIssue({ code: 'custom', path: [index, 'name'], message: `a second rule named "${name}"` });
      if (to !== undefined && attribute === undefined)
        context.addIssue({
          code: 'custom',
          path: [index, 'to'],
          message: 'of which attribute? name it under `attribute`',
        });
    });
  }),
});

export type PolicyRule = z.output<typeof rule>;

/** A rule that a change met. */
export const policyFindingSchema = z.strictObject({
  rule: z.string(),
  level: z.enum(LEVELS),
  stack: z.string(),
  address: z.string(),
  message: z.string(),
});

export type PolicyFinding = z.output<typeof policyFindingSchema>;
