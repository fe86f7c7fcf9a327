import { z } from 'zod';

/**
 * A text of a certain form. Says what is allowed, also for a value of the wrong type, and what was seen.
 * @param what completes "must be …": `a VPC id such as vpc-0123456789abcdef0`
 */
export function text(what: string, pattern: RegExp): z.ZodString {
  return z.string({ error: `must be ${what}` }).regex(pattern, { error: `must be ${what}` });
}

/** An ARN of one service: `arn(['iam'], 'an IAM role', 'arn:aws:iam::123456789012:role/deployer')`. */
export function arn(service: string, resource: string, what: string, example: string): z.ZodString {
  return text(
    `the ARN of ${what} such as ${example}`,
    new RegExp(`^arn:aws[a-z-]*:${service}:[^:\\s]*:[^:\\s]*:${resource}`),
  );
}

/** An IPv4 range. */
export const ipv4Range = z.cidrv4({ error: 'must be an IPv4 range such as 10.40.0.0/16' });

/** The ARN of a secret. What was seen is not repeated: it may be the secret itself. */
export const secretArn = z
  .string({ error: 'must be the ARN of a secret in Secrets Manager, not a value of another type' })
  .regex(/^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[^\s:]+/, {
    error: 'must be the ARN of a secret in Secrets Manager (arn:aws:secretsmanager:…), not a value or another ARN',
  });

/** A key of the customer's own. */
export const kmsKeyArn = arn(
  'kms',
  'key/',
  'a KMS key',
  'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
);

/** vCPU of a task; which ones Fargate has is judged with its memory. */
export const cpu = z.number().positive();
/** GB (as AWS says; GiB) of a task. */
export const memoryGb = z.number().positive();
/** An image of another registry, for accounts without a way to the public ones. */
export const image = z.string().min(1);
