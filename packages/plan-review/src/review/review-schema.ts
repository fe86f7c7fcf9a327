import { z } from 'zod';
import { policyFindingSchema } from '../policy/policy-schema';
import { RISKS } from './risk';

const risk = z.enum(RISKS);
const action = z.enum(['create', 'update', 'replace', 'delete', 'read', 'forget', 'no-op']);
const count = z.number().int().nonnegative();
const dollars = z.number().nonnegative();
const place = { stack: z.string(), address: z.string().describe('As Terraform writes it, with modules and keys') };

const attribute = z.strictObject({
  path: z
    .string()
    .describe('`a.b[0].c`; elements of sets `a[].c`; inside JSON or YAML text `policy#Statement[0].Action`'),
  before: z.unknown().optional().describe('Absent where the attribute comes into being'),
  after: z.unknown().optional().describe('Absent where the attribute goes away'),
});

const counts = z.strictObject({
  create: count,
  update: count,
  replace: count,
  delete: count,
  import: count,
  move: count,
  forget: count,
  read: count,
});

const change = z.strictObject({
  ...place,
  type: z.string(),
  action,
  risk,
  reason: z.string().describe('Why it has that risk'),
  replacedBecause: z.array(z.string()).describe('The attributes that cannot be changed in place'),
  attributes: z.array(attribute).describe('What differs; of something new, what it is given'),
  downstream: z
    .array(z.string())
    .describe('What refers to it in its stack, directly or through others, nearest first: the first hundred'),
  downstreamCount: count.describe('How many they are in all'),
  movedFrom: z.string().optional(),
  importedAs: z.string().optional(),
  widened: z.array(z.string()).describe('Access that was closed before'),
  narrowed: z.array(z.string()).describe('Access that is closed now'),
  interrupts: z.array(z.string()).describe('What an update in place stops or restarts, and when'),
  notes: z.array(z.string()),
});

const drift = z.strictObject({
  ...place,
  action: z.enum(['update', 'delete']),
  isPutBack: z.boolean().describe('True when the plan changes the resource as well'),
  attributes: z.array(attribute),
});

const refreshed = z.strictObject({ ...place, attributes: z.array(attribute) });

const output = z.strictObject({
  stack: z.string(),
  name: z.string(),
  action,
  attributes: z.array(attribute),
  consumers: z.array(z.string()).describe('Stacks that read it'),
});

const fact = z.strictObject({
  stack: z.string(),
  subject: z.string(),
  words: z.string(),
  risk,
});

const check = z.strictObject({ ...place, status: z.enum(['fail', 'error']), messages: z.array(z.string()) });

const read = z.strictObject({ ...place, reason: z.string().optional() });

const cost = z.strictObject({
  currency: z.literal('USD'),
  hourlyBefore: dollars,
  hourlyAfter: dollars,
  resources: z
    .array(z.strictObject({ ...place, hourlyBefore: dollars, hourlyAfter: dollars }))
    .describe('Those that cost something, the largest difference first'),
  notCounted: z.array(z.string()),
  basis: z.string().describe('Whose prices they are: region and date'),
});

/** What a reviewer needs to see of one or many plans. */
export const reviewSchema = z.strictObject({
  schema: z.literal('loadlab.review/v1'),
  verdict: z.strictObject({
    risk,
    reason: z.string(),
    more: count.describe('How many further findings have this risk'),
  }),
  counts,
  stacks: z.array(
    z.strictObject({
      stack: z.string(),
      risk,
      counts,
      terraform: z.string().optional().describe('The version that planned'),
      plannedAt: z.string().optional(),
      warnings: z.array(z.string()).describe('Why the plan does not tell everything'),
    }),
  ),
  changes: z.array(change).describe('Sorted by risk, worst first'),
  drift: z.array(drift).describe('What was changed outside of Terraform, and the plan changes again'),
  leftAlone: z
    .array(refreshed)
    .describe(
      'What was changed outside of Terraform, and the plan leaves so: the code ignores it (`ignore_changes`), or says the same by now',
    ),
  refreshed: z
    .array(refreshed)
    .describe(
      'What reads differently than Terraform remembers only in attributes that the code leaves to the provider',
    ),
  outputs: z.array(output),
  facts: z.array(fact).describe('Budgets and ends that a stack tells of, as the plan changes them'),
  pending: z
    .array(z.strictObject({ stack: z.string(), upstream: z.array(z.string()).describe('What is applied first') }))
    .describe('Stacks that Terraform cannot plan yet, so that nothing is said of them here'),
  reads: z.array(read).describe('Data sources that are read only during the apply'),
  checks: z.array(check).describe('Conditions of the configuration that do not hold'),
  cost,
  policy: z.array(policyFindingSchema),
});

export type Review = z.output<typeof reviewSchema>;
export type ReviewedChange = Review['changes'][number];
export type ReviewedDrift = Review['drift'][number];
export type ReviewedRefresh = Review['refreshed'][number];
export type ReviewedOutput = Review['outputs'][number];
export type ReviewedFact = Review['facts'][number];
export type ReviewedStack = Review['stacks'][number];
export type ReviewedCheck = Review['checks'][number];
