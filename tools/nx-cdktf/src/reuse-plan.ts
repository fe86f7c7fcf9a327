import { rmSync } from 'node:fs';
import path from 'node:path';
import { lookAround } from './apply-plan';
import type { SynthesizedStack } from './find-stack';
import type { Planning } from './make-plan';
import { mismatches } from './mismatches';
import { digestsIn, MANIFEST, PLAN, PLAN_JSON } from './plan-files';
import type { PlanManifest } from './plan-manifest';
import { readStack } from './state-identity';
import { fetchPlan, keptManifests, type PlanStore } from './plan-store';

/**
 * Brings back the newest kept plan that an apply would still accept, so that what is applied after a merge is what was reviewed before
 * it: the merge made another commit, but not another synthesized stack.
 * @returns undefined when none stands any more; nothing of one is left beside the stack then
 */
export async function reusePlan(
  stack: SynthesizedStack,
  store: PlanStore,
  planning: Planning,
): Promise<PlanManifest | undefined> {
  const now = digestsIn(stack.folder);
  const candidates = (await keptManifests(stack, store)).filter(
    ({ planned }) => planned?.sha256.stack === now.stack && planned?.sha256.assets === (now.assets ?? null),
  );
  for (const { sha256 } of candidates) {
    const manifest = await fetchPlan(stack, sha256, store);
    const present = await lookAround(stack, planning);
    const reasons = mismatches(manifest, present);
    const willMove = readStack(stack.folder).upstream.some((reader) => {
      const state = present.upstream.get(reader.name);
      return state === undefined || planning.willChangeOutputs(reader, state);
    });
    if (reasons.length === 0 && !willMove) {
      process.stdout.write(`${stack.id}: plan ${sha256} still stands; it is not made anew\n`);
      return manifest;
    }
    process.stdout.write(
      `${stack.id}: plan ${sha256} stands no more: ${willMove ? 'a stack that it reads is about to change its outputs' : reasons.join('; ')}\n`,
    );
    for (const file of [PLAN, PLAN_JSON, MANIFEST]) rmSync(path.join(stack.folder, file), { force: true });
  }
  return undefined;
}
