import { z } from 'zod';

/** The output under which a stack tells reviewers what its numbers mean. */
export const REVIEW_FACTS_OUTPUT = 'reviewFacts';

const amountFact = z.strictObject({
  subject: z.string().min(1).describe('What is counted, in the plural: database connections'),
  amount: z.number().nonnegative().describe('How many in daily life'),
  peak: z.number().nonnegative().optional().describe('How many while a new version rolls out'),
  limit: z.number().nonnegative().optional().describe('How many there may be'),
  how: z.string().optional().describe('How the amount comes about: 4 tasks x 4 workers x 10'),
  beyond: z.string().optional().describe('What happens beyond the limit'),
});

const momentFact = z.strictObject({
  subject: z.string().min(1).describe('What comes to an end: the environment'),
  expiresAt: z.iso.datetime({ offset: true }).describe('When'),
  after: z.string().optional().describe('What happens then'),
});

/**
 * What a stack knows and a plan does not say: a budget with its limit, or an end. It stands in the stack's output `reviewFacts`, so
 * that Terraform itself keeps what it was before, and any tool that reads plans can tell what a change does to it.
 */
export const reviewFactSchema = z.union([amountFact, momentFact]);

/** A budget, or an end. */
export type ReviewFact = z.input<typeof reviewFactSchema>;
