import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Which state it is, and which version of it. */
const stateIdentity = z.strictObject({ lineage: z.string(), serial: z.number().int() });
export type StateIdentity = z.output<typeof stateIdentity>;

const digests = z.strictObject({
  plan: z.string(),
  /** The plan as JSON: what people and policies looked at. */
  json: z.string(),
  stack: z.string(),
  /** Zips that the stack uploads; null when it has none. */
  assets: z.string().nullable(),
  lock: z.string().nullable(),
});

const planned = z.strictObject({
  /** SHA-256 of the plan, of its JSON, of the synthesized stack it was made from with its assets, and of the provider lock file. */
  sha256: digests,
  /** Whether applying it would do anything. */
  changes: z.boolean(),
  /** The stack's own state; null when there was none yet. */
  state: stateIdentity.nullable(),
  /** Every state that it read. */
  upstream: z.record(z.string(), stateIdentity),
});

/** What is written and read here; another version of LoadLab may know another. */
export const MANIFEST_FORMAT = 'loadlab.plan/v1';

const body = z.strictObject({
  schema: z.literal(MANIFEST_FORMAT),
  stack: z.string(),
  environment: z.string(),
  /** The AWS account that it was made in; null when nothing told (a stack without AWS, the offline one). */
  account: z.string().nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** For people only: a merge makes another commit of the same files. */
  gitCommit: z.string().nullable(),
  /** Stacks that do not exist yet or are about to change their outputs: Terraform cannot plan this one before they are applied. */
  pendingUpstream: z.array(z.string()),
  planned: planned.nullable(),
});

/** What was reviewed, so that an apply can tell whether it is still that: `plan-manifest.json` beside the plan. */
export const manifestSchema = body.extend({
  /** Of everything else: by this a plan is named, stored and approved. */
  sha256: z.string(),
});
export type PlanManifest = z.output<typeof manifestSchema>;

/** What an apply leaves: which plan it was, when, and the state that came of it. */
export const appliedSchema = z.object({ plan: z.string(), at: z.string(), state: stateIdentity.nullable() });

/** Closes a manifest: its digest covers the rest, so that whoever approves it approves every part of it. */
export function seal(manifest: z.output<typeof body>): PlanManifest {
  return { ...manifest, sha256: digestOfBody(manifest) };
}

/** False when a part was changed after it was sealed. */
export function isSealed({ sha256, ...rest }: PlanManifest): boolean {
  return sha256 === digestOfBody(rest);
}

/** The order of keys is no part of what was approved. */
function digestOfBody(manifest: z.output<typeof body>): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(manifest)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
