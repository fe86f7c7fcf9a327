import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '@loadlab/foundation';
import type { SynthesizedStack } from './find-stack';
import { APPLIED, LOCK, MANIFEST, PLAN, PLAN_JSON } from './plan-files';
import { isSealed, manifestSchema, type PlanManifest } from './plan-manifest';

/** Where plans are kept for another job to apply. Private and encrypted: a plan can hold whatever the state holds. */
export interface PlanStore {
  /** For messages: `s3://bucket/namespace/environment/plans`. */
  readonly place: string;
  /** Keeps a file of a stack's plan; one that is there already is left as it is. */
  put(stack: string, plan: string, file: string, content: Uint8Array): Promise<void>;
  /** Undefined when there is no such file. */
  get(stack: string, plan: string, file: string): Promise<Uint8Array | undefined>;
  /** The kept plans of a stack, the newest first. */
  list(stack: string): Promise<readonly string[]>;
}

/** The lock file travels along: what was planned with is what is applied with. The manifest goes last, so that a plan is there whole or not at all. */
const KEPT = [PLAN, PLAN_JSON, LOCK, MANIFEST];

/** Keeps the plan that lies beside a stack, under its manifest's digest. */
export async function keepPlan(stack: SynthesizedStack, manifest: PlanManifest, store: PlanStore): Promise<void> {
  for (const name of KEPT) {
    const file = path.join(stack.folder, name);
    if (existsSync(file)) await store.put(stack.id, manifest.sha256, name, readFileSync(file));
  }
  process.stdout.write(`${stack.id}: plan ${manifest.sha256} is kept in ${store.place}\n`);
}

/**
 * Brings a kept plan beside its stack.
 * @throws {InputError} when it is not there, or is not the one that its name says
 */
export async function fetchPlan(stack: SynthesizedStack, plan: string, store: PlanStore): Promise<PlanManifest> {
  const fail = (message: string): InputError =>
    new InputError([
      { file: `${store.place}/${stack.id}/${plan}`, path: '', message, hint: 'plan and review it anew' },
    ]);
  const manifest = await store.get(stack.id, plan, MANIFEST);
  if (manifest === undefined) throw fail('there is no such plan: never kept, or forgotten after 30 days');
  const parsed = manifestSchema.safeParse(readJson(manifest));
  if (parsed.data?.sha256 !== plan || !isSealed(parsed.data))
    throw fail('its manifest is not the one that was approved');
  for (const name of [PLAN, PLAN_JSON, MANIFEST, APPLIED]) rmSync(path.join(stack.folder, name), { force: true });
  for (const name of KEPT) {
    const file = path.join(stack.folder, name);
    // A lock file that is there already comes from the environment: it is compared, not replaced.
    if (existsSync(file)) continue;
    const content = await store.get(stack.id, plan, name);
    if (content !== undefined) writeFileSync(file, content, { mode: 0o600 });
  }
  return parsed.data;
}

/** The kept plans of a stack that are whole, the newest first. */
export async function keptManifests(stack: SynthesizedStack, store: PlanStore): Promise<PlanManifest[]> {
  const found: PlanManifest[] = [];
  for (const plan of await store.list(stack.id)) {
    const manifest = await store.get(stack.id, plan, MANIFEST);
    const parsed = manifestSchema.safeParse(manifest === undefined ? undefined : readJson(manifest));
    if (parsed.data?.sha256 === plan && isSealed(parsed.data)) found.push(parsed.data);
  }
  return found.sort((left, right) => right.createdAt.localeCompare(left.createdAt));
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    // Half a file is no manifest; the schema says so.
    return undefined;
  }
}
