import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SynthesizedStack } from './find-stack';
import { digestsIn, MANIFEST, PLAN, PLAN_JSON, type PlanManifest, type StateIdentity } from './plan-manifest';
import { ownState, readStack, upstreamState } from './state-identity';
import type { Terraform } from './terraform';

/** A plan older than this says little about what it would do now. */
const GOOD_FOR_HOURS = 24;

/** What a plan is made for and with. */
export interface Planning {
  readonly environment: string;
  readonly gitCommit: string | null;
  readonly now: Date;
  readonly terraform: Terraform;
  /** True when a stack has a saved plan that would change its outputs, made for the given state of it. */
  readonly willChangeOutputs: (stack: string, state: StateIdentity) => boolean;
}

/**
 * Saves `plan.bin`, `plan.json` and `plan-manifest.json` beside a synthesized stack whose folder is initialised. A stack whose
 * upstream does not exist yet, or is about to change its outputs, cannot be planned: its manifest says so, and the next wave plans it.
 * @returns Terraform's exit code; 0 for a pending one
 */
export async function makePlan(stack: SynthesizedStack, flags: readonly string[], planning: Planning): Promise<number> {
  const { terraform, environment, now, gitCommit } = planning;
  for (const file of [PLAN, PLAN_JSON, MANIFEST]) rmSync(path.join(stack.folder, file), { force: true });
  const { upstream: readers, account } = readStack(stack.folder);
  const found = new Map<string, StateIdentity>();
  const pending: string[] = [];
  for (const reader of readers) {
    const state = await upstreamState(stack.folder, reader, terraform);
    if (state === undefined || planning.willChangeOutputs(reader.name, state)) pending.push(reader.name);
    else found.set(reader.name, state);
  }
  const manifest: PlanManifest = {
    schema: 'loadlab.plan/v1',
    stack: stack.id,
    environment,
    account,
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + GOOD_FOR_HOURS * 3600_000).toISOString(),
    gitCommit,
    pendingUpstream: pending,
    planned: null,
  };
  if (pending.length > 0) {
    writeManifest(stack, manifest);
    process.stdout.write(`${stack.id}: pending upstream ${pending.join(', ')}: apply first, then plan again\n`);
    return 0;
  }
  const planned = await terraform(stack.folder, ['plan', '-input=false', `-out=${PLAN}`, ...flags]);
  if (planned.code !== 0) return planned.code;
  const shown = await terraform(stack.folder, ['show', '-json', PLAN], { capture: true });
  if (shown.code !== 0) return shown.code;
  writeFileSync(path.join(stack.folder, PLAN_JSON), shown.output, { mode: 0o600 });
  const { plan = '', stack: synthesized = '', lock } = digestsIn(stack.folder);
  const state = (await ownState(stack.folder, terraform)) ?? null;
  writeManifest(stack, {
    ...manifest,
    planned: { sha256: { plan, stack: synthesized, lock: lock ?? null }, state, upstream: Object.fromEntries(found) },
  });
  return 0;
}

function writeManifest(stack: SynthesizedStack, manifest: PlanManifest): void {
  writeFileSync(path.join(stack.folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}
