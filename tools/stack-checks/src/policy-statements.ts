import { z } from 'zod';
import type { StackFile } from './read-stacks';

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.union([z.literal('*'), z.record(z.string(), texts)]).optional(),
  Action: texts,
  Resource: texts.default([]),
  Condition: z.record(z.string(), z.record(z.string(), texts)).default({}),
});
const policy = z.object({ Version: z.literal('2012-10-17'), Statement: z.array(statement) });

/** One statement of an IAM policy, and where it stands. */
export interface PolicyStatement extends z.output<typeof statement> {
  /** `<stack>-<environment>:aws_iam_role_policy.name.policy`. */
  readonly where: string;
}

/**
 * Every statement of every policy document in a stack: of roles, trusts, buckets, file systems, endpoints.
 * @throws {Error} for a document that cannot be read, also one that widens by what it leaves out (NotAction, NotResource)
 */
export function policyStatements({ id, json }: Pick<StackFile, 'id' | 'json'>): PolicyStatement[] {
  return documents(json, []).flatMap(({ path, document }) => {
    const where = `${id}:${path.slice(1).join('.')}`;
    const read = policy.safeParse(document);
    if (!read.success) throw new Error(`${where} is no policy that can be judged:\n${z.prettifyError(read.error)}`);
    return read.data.Statement.map((found) => ({ ...found, where }));
  });
}

function documents(value: unknown, path: readonly string[]): { readonly path: readonly string[]; document: unknown }[] {
  if (typeof value === 'string') return value.includes('"Statement"') ? documents(parsed(value, path), path) : [];
  if (typeof value !== 'object' || value === null) return [];
  if ('Statement' in value) return [{ path, document: value }];
  return Object.entries(value).flatMap(([key, entry]) => documents(entry, [...path, key]));
}

function parsed(text: string, path: readonly string[]): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path.join('.')} holds a policy that is no JSON`, { cause: error });
  }
}
