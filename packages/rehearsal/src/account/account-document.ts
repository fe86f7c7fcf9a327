import { z } from 'zod';
import type { Known, KnownValues } from '../protocol/value';

/** One thing that exists in the pretend account. */
export interface AccountResource {
  /** Terraform's type, `aws_vpc`. */
  readonly type: string;
  /** As Terraform's `id` and as one would give it to `terraform import`. */
  readonly id: string;
  /** `global` for services without regions, such as IAM. */
  readonly region: string;
  /** What AWS would answer about it, under the names of Terraform's schema. Edit it to make drift. */
  readonly attributes: KnownValues;
}

/** The whole account, as it stands in its file. */
export interface AccountDocument {
  readonly schema: 'loadlab.account/v1';
  readonly accountId: string;
  /** Numbers that AWS never gives twice, such as the revisions of a task definition. */
  readonly counters: Readonly<Record<string, number>>;
  readonly resources: readonly AccountResource[];
}

const knownValues = z.custom<KnownValues>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  { error: 'must be an object' },
);

/** Schema of the account's file. Attributes are free: each resource's own schema judges them when Terraform reads. */
export const accountSchema = z.strictObject({
  schema: z.literal('loadlab.account/v1'),
  accountId: z.string().regex(/^\d{12}$/, { error: 'must be 12 digits' }),
  counters: z.record(z.string(), z.number().int()).default({}),
  resources: z.array(
    z.strictObject({
      type: z.string().regex(/^aws_\w+$/, { error: 'must be a Terraform type such as aws_vpc' }),
      id: z.string().min(1),
      region: z.string().min(1),
      attributes: knownValues,
    }),
  ),
});

/** The account's text: sorted, so that two accounts with the same things are the same file. */
export function formatAccount(document: AccountDocument): string {
  const resources = [...document.resources].sort((left, right) => compare(keyOf(left), keyOf(right)));
  return `${JSON.stringify({ ...document, resources }, null, 2)}\n`;
}

/** What tells two resources apart. */
export function keyOf(resource: Pick<AccountResource, 'type' | 'id' | 'region'>): string {
  return `${resource.type} ${resource.region} ${resource.id}`;
}

/** An attribute as text; empty when it is unset or something else, or when there is no such resource. */
export function textOf(resource: AccountResource | undefined, attribute: string): string {
  const value: Known | undefined = resource?.attributes[attribute];
  return typeof value === 'string' ? value : '';
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
