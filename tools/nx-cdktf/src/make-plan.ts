import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SynthesizedStack } from './find-stack';
import { firstError, refuseLocked } from './explain-failure';
import { APPLIED, digestsIn, MANIFEST, PLAN, PLAN_JSON } from './plan-files';
import { MANIFEST_FORMAT, seal, type PlanManifest, type StateIdentity } from './plan-manifest';
import { ownState, readStack, upstreamState, type StackFacts, type Upstream } from './state-identity';
import type { Terraform } from './terraform';

/** A plan older than this says little about what it would do now. */
const GOOD_FOR_HOURS = 24;
/** Terraform's flag for those who want to know by the exit code, and that code. */
const BY_EXIT_CODE = '-detailed-exitcode';
const HAS_CHANGES = 2;

/** What a plan is made for and with. */
export interface Planning {
  readonly environment: string;
  readonly gitCommit: string | null;
  readonly now: Date;
  readonly terraform: Terraform;
  /** The account that a stack works in, where that can be told. */
  readonly account: (stack: StackFacts) => Promise<string | null>;
  /** True when a stack has a saved plan, made for the given state of it, that would change outputs which are read here. */
  readonly willChangeOutputs: (reader: Upstream, state: StateIdentity) => boolean;
  /** True when a state that was read moved on as its own reviewed plan said, with the same in what is read here. */
  readonly movedAsPlanned: (reader: Upstream, moved: { read: StateIdentity; now: StateIdentity }) => boolean;
}

/** How a planning ended. */
export interface Planned {
  /** Terraform's exit code; 0 for a pending stack; 2 for changes where the flags ask for that. */
  readonly code: number;
  /** Undefined when Terraform failed. */
  readonly manifest?: PlanManifest;
  /** Why Terraform failed, in its own words. */
  readonly reason?: string | undefined;
}

/** Takes away what an earlier planning left beside a stack: once another begins, it would pass for what is planned now. */
export function forgetPlan(folder: string): void {
  for (const file of [PLAN, PLAN_JSON, MANIFEST, APPLIED]) rmSync(path.join(folder, file), { force: true });
}

/**
 * Saves `plan.bin`, `plan.json` and `plan-manifest.json` beside a synthesized stack whose folder is initialised. A stack whose
 * upstream does not exist yet, or is about to change its outputs, cannot be planned: its manifest says so, and the next wave plans it.
 * @throws {InputError} when its state is locked
 */
export async function makePlan(
  stack: SynthesizedStack,
  flags: readonly string[],
  planning: Planning,
): Promise<Planned> {
  const { terraform, environment, now, gitCommit } = planning;
  forgetPlan(stack.folder);
  const facts = readStack(stack.folder);
  const found = new Map<string, StateIdentity>();
  const pending: string[] = [];
  for (const reader of facts.upstream) {
    const state = await upstreamState(stack.folder, reader, terraform);
    if (state === undefined || planning.willChangeOutputs(reader, state)) pending.push(reader.name);
    else found.set(reader.name, state);
  }
  const manifest = {
    schema: MANIFEST_FORMAT,
    stack: stack.id,
    environment,
    account: await planning.account(facts),
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + GOOD_FOR_HOURS * 3600_000).toISOString(),
    gitCommit,
    pendingUpstream: pending,
    planned: null,
  } as const;
  if (pending.length > 0) {
    process.stdout.write(`${stack.id}: pending upstream ${pending.join(', ')}: apply first, then plan again\n`);
    return { code: 0, manifest: writeManifest(stack, seal(manifest)) };
  }
  // Whether there are changes decides nothing here unless it was asked for: to Nx, anything but 0 is a failure, and it would plan no other stack.
  const own = flags.filter((flag) => flag !== BY_EXIT_CODE);
  const planned = await terraform(stack.folder, ['plan', '-input=false', `-out=${PLAN}`, BY_EXIT_CODE, ...own]);
  refuseLocked(stack, planned);
  const changes = planned.code === HAS_CHANGES;
  if (planned.code !== 0 && !changes) return { code: planned.code, reason: firstError(planned.errors) };
  const shown = await terraform(stack.folder, ['show', '-json', PLAN], { capture: true });
  if (shown.code !== 0) return { code: shown.code };
  writeFileSync(path.join(stack.folder, PLAN_JSON), shown.output, { mode: 0o600 });
  const { plan = '', json = '', stack: synthesized = '', assets, lock } = digestsIn(stack.folder);
  const state = (await ownState(stack.folder, terraform)) ?? null;
  const sha256 = { plan, json, stack: synthesized, assets: assets ?? null, lock: lock ?? null };
  const sealed = seal({ ...manifest, planned: { sha256, changes, state, upstream: Object.fromEntries(found) } });
  return { code: changes && flags.includes(BY_EXIT_CODE) ? HAS_CHANGES : 0, manifest: writeManifest(stack, sealed) };
}

function writeManifest(stack: SynthesizedStack, manifest: PlanManifest): PlanManifest {
  writeFileSync(path.join(stack.folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}
