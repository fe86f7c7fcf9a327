import * as z from 'zod/mini';

/** Addresses that one call asks at a time. */
export const MOST_QUESTIONS = 100;

/** What the probe is asked: to fetch each of these addresses once. */
export const questionSchema = z.strictObject({
  urls: z.array(z.url({ protocol: /^http$/ })).check(z.minLength(1), z.maxLength(MOST_QUESTIONS)),
  timeoutSeconds: z.number().check(z.positive(), z.maximum(30)),
});

/** See {@link questionSchema}. */
export type Question = z.output<typeof questionSchema>;

/** What one address answered. */
export const answersSchema = z.array(
  z.strictObject({
    url: z.string(),
    /** HTTP status; 0 when nothing answered. */
    status: z.int(),
    /** The beginning of the body, or why nothing answered. */
    detail: z.string(),
  }),
);

/** See {@link answersSchema}. */
export type Answers = z.output<typeof answersSchema>;
