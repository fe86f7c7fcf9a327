import { LOCK, PLAN, PLAN_JSON, STACK, type Digests } from './plan-files';
import { isSealed, type PlanManifest, type StateIdentity } from './plan-manifest';

/** What an apply finds when it comes. */
export interface Present {
  readonly environment: string;
  readonly account: string | null;
  readonly now: Date;
  readonly sha256: Digests;
  /** Of the configuration inside the saved plan. */
  readonly configuration: string | undefined;
  readonly state: StateIdentity | undefined;
  readonly upstream: ReadonlyMap<string, StateIdentity | undefined>;
  /** Whether a state that was read moved on by its own reviewed plan alone, with the same in what is read. */
  readonly movedAsPlanned: (name: string, moved: { read: StateIdentity; now: StateIdentity }) => boolean;
}

/** Every reason not to apply a plan, in words; empty when all is as it was reviewed. */
export function mismatches(manifest: PlanManifest, present: Present): string[] {
  const reasons: string[] = [];
  if (!isSealed(manifest)) reasons.push('its manifest was edited after the plan was made');
  if (manifest.environment !== present.environment)
    reasons.push(`it was made for environment "${manifest.environment}", not "${present.environment}"`);
  if (manifest.account !== present.account)
    reasons.push(`it was made for account ${manifest.account ?? '(any)'}, not ${present.account ?? '(any)'}`);
  if (new Date(manifest.expiresAt) <= present.now) reasons.push(`it expired at ${manifest.expiresAt}`);
  if (manifest.planned === null) return reasons;
  const { sha256, state, upstream } = manifest.planned;
  if (sha256.plan !== present.sha256.plan) reasons.push(`${PLAN} is not the plan that was reviewed`);
  else if (present.configuration !== sha256.stack)
    reasons.push(`${PLAN} carries another configuration than the ${STACK} that its manifest names`);
  if (sha256.json !== present.sha256.json) reasons.push(`${PLAN_JSON} is not what was reviewed`);
  if (sha256.stack !== present.sha256.stack) reasons.push(`${STACK} was synthesized anew, and differs`);
  if (sha256.assets !== (present.sha256.assets ?? null))
    reasons.push('the files that it uploads (assets) were made anew, and differ');
  if (sha256.lock !== (present.sha256.lock ?? null)) reasons.push(`${LOCK} differs: other providers would be used`);
  reasons.push(...moved('its own state', state ?? undefined, present.state));
  for (const [name, read] of Object.entries(upstream)) {
    const now = present.upstream.get(name);
    if (now === undefined || !present.movedAsPlanned(name, { read, now }))
      reasons.push(...moved(`the state of ${name}, which it read,`, read, now));
  }
  for (const name of present.upstream.keys())
    if (!(name in upstream)) reasons.push(`it did not read the state of ${name}, which the stack reads now`);
  return reasons;
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
