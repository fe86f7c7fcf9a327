import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** Which state it is, and which version of it. */
const stateIdentity = z.strictObject({ lineage: z.string(), serial: z.number().int() });
export type StateIdentity = z.output<typeof stateIdentity>;

const planned = z.strictObject({
  /** SHA-256 of the plan, of the synthesized stack it was made from, and of the provider lock file beside it. */
  sha256: z.strictObject({ plan: z.string(), stack: z.string(), lock: z.string().nullable() }),
  /** The stack's own state; null when there was none yet. */
  state: stateIdentity.nullable(),
  /** Every state that it read. */
  upstream: z.record(z.string(), stateIdentity),
});

/** What was reviewed, so that an apply can tell whether it is still that: `plan-manifest.json` beside the plan. */
export const manifestSchema = z.strictObject({
  schema: z.literal('loadlab.plan/v1'),
  stack: z.string(),
  environment: z.string(),
  account: z.string().nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** For people only: a merge makes another commit of the same files. */
  gitCommit: z.string().nullable(),
  /** Stacks that do not exist yet or are about to change their outputs: Terraform cannot plan this one before they are applied. */
  pendingUpstream: z.array(z.string()),
  planned: planned.nullable(),
});
export type PlanManifest = z.output<typeof manifestSchema>;

/** The names of the files beside a synthesized stack. */
export const PLAN = 'plan.bin';
export const PLAN_JSON = 'plan.json';
export const MANIFEST = 'plan-manifest.json';
export const STACK = 'cdk.tf.json';
export const LOCK = '.terraform.lock.hcl';

/** What an apply finds when it comes. */
export interface Present {
  readonly environment: string;
  readonly account: string | null;
  readonly now: Date;
  readonly sha256: {
    readonly plan: string | undefined;
    readonly stack: string | undefined;
    readonly lock: string | undefined;
  };
  readonly state: StateIdentity | undefined;
  readonly upstream: ReadonlyMap<string, StateIdentity | undefined>;
}

/** Every reason not to apply a plan, in words; empty when all is as it was reviewed. */
export function mismatches(manifest: PlanManifest, present: Present): string[] {
  const reasons: string[] = [];
  if (manifest.environment !== present.environment)
    reasons.push(`it was made for environment "${manifest.environment}", not "${present.environment}"`);
  if (manifest.account !== present.account)
    reasons.push(`it was made for account ${manifest.account ?? '(any)'}, not ${present.account ?? '(any)'}`);
  if (new Date(manifest.expiresAt) <= present.now) reasons.push(`it expired at ${manifest.expiresAt}`);
  if (manifest.planned === null)
    return [...reasons, `it is pending: ${manifest.pendingUpstream.join(', ')} must be applied first`];
  const { sha256, state, upstream } = manifest.planned;
  if (sha256.plan !== present.sha256.plan) reasons.push(`${PLAN} is not the plan that was reviewed`);
  if (sha256.stack !== present.sha256.stack) reasons.push(`${STACK} was synthesized anew, and differs`);
  if (sha256.lock !== (present.sha256.lock ?? null)) reasons.push(`${LOCK} differs: other providers would be used`);
  reasons.push(...moved('its own state', state ?? undefined, present.state));
  for (const [name, identity] of Object.entries(upstream))
    reasons.push(...moved(`the state of ${name}, which it read,`, identity, present.upstream.get(name)));
  return reasons;
}

/** SHA-256 of a file, or undefined when there is none. */
export function digestOf(file: string): string | undefined {
  return existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : undefined;
}

/** The digests of what stands beside a synthesized stack. */
export function digestsIn(folder: string): Present['sha256'] {
  return {
    plan: digestOf(path.join(folder, PLAN)),
    stack: digestOf(path.join(folder, STACK)),
    lock: digestOf(path.join(folder, LOCK)),
  };
}

function moved(what: string, reviewed: StateIdentity | undefined, present: StateIdentity | undefined): string[] {
  if (reviewed === undefined) return present === undefined ? [] : [`${what} did not exist then, and does now`];
  if (present === undefined) return [`${what} is gone`];
  if (reviewed.lineage !== present.lineage)
    return [`${what} is another one: lineage ${present.lineage}, not ${reviewed.lineage}`];
  return reviewed.serial === present.serial
    ? []
    : [`${what} has moved on: serial ${present.serial}, not ${reviewed.serial}`];
}
