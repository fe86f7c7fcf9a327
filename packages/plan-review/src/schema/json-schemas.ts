import { z } from 'zod';
import { policySchema } from '../policy/policy-schema';
import { reviewSchema } from '../review/review-schema';

/** The JSON Schemas of what people write and of what a review is, by file name, for editors and other programs. */
export function jsonSchemas(): Readonly<Record<string, string>> {
  return { 'reviews.json': text(policySchema, 'input'), 'review.json': text(reviewSchema, 'output') };
}

/** Draft 7 is what editors know. */
function text(schema: z.ZodType, io: 'input' | 'output'): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { io, target: 'draft-7' }), null, 2)}\n`;
}
