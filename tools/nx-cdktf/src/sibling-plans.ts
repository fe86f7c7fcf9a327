import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { REVIEW_FACTS_OUTPUT } from '@loadlab/foundation';
import { z } from 'zod';
import { APPLIED, digestOf, MANIFEST, PLAN_JSON } from './plan-files';
import { appliedSchema, isSealed, manifestSchema, type StateIdentity } from './plan-manifest';
import type { Upstream } from './state-identity';

const outputsSchema = z.object({
  output_changes: z.record(z.string(), z.object({ actions: z.array(z.string()) })).optional(),
});

/**
 * Whether another stack of the workspace has a saved plan that would change outputs that a stack reads. A plan that was made for another
 * state has been applied or overtaken, and tells nothing any more. What one that is pending itself will do is not known yet, so it may.
 */
export function siblingWillChangeOutputs(
  root: string,
  environment: string,
  reader: Reader,
  state: StateIdentity,
  now: Date,
): boolean {
  return stackFolders(root, `${reader.name}-${environment}`).some((folder) => {
    const manifest = manifestSchema.safeParse(readJson(path.join(folder, MANIFEST)));
    if (manifest.data?.planned === null) return new Date(manifest.data.expiresAt) > now;
    return isSame(manifest.data?.planned?.state, state) && changesOutputs(folder, reader);
  });
}

/**
 * Whether a state that a stack read has moved on by nothing but its own reviewed plan: applied here, to the very state that was read,
 * with the state that is there now as its outcome, and without a change of what the stack reads. Two stacks that were reviewed together
 * could not both be applied otherwise.
 */
export function siblingMovedAsPlanned(
  root: string,
  environment: string,
  reader: Reader,
  { read, now }: { readonly read: StateIdentity; readonly now: StateIdentity },
): boolean {
  return stackFolders(root, `${reader.name}-${environment}`).some((folder) => {
    const manifest = manifestSchema.safeParse(readJson(path.join(folder, MANIFEST))).data;
    const applied = appliedSchema.safeParse(readJson(path.join(folder, APPLIED))).data;
    return (
      manifest?.planned != null &&
      isSealed(manifest) &&
      isSame(manifest.planned.state, read) &&
      applied?.plan === manifest.sha256 &&
      isSame(applied.state, now) &&
      digestOf(path.join(folder, PLAN_JSON)) === manifest.planned.sha256.json &&
      !changesOutputs(folder, reader)
    );
  });
}

/** What a stack is to one that it reads. */
type Reader = Pick<Upstream, 'name' | 'outputs'>;

/** What a stack tells reviewers is read by no other stack. */
function changesOutputs(folder: string, { outputs }: Reader): boolean {
  const plan = outputsSchema.safeParse(readJson(path.join(folder, PLAN_JSON)));
  return Object.entries(plan.data?.output_changes ?? {}).some(
    ([name, { actions }]) =>
      name !== REVIEW_FACTS_OUTPUT &&
      (outputs === undefined || outputs.includes(name)) &&
      actions.some((action) => action !== 'no-op'),
  );
}

function isSame(left: StateIdentity | null | undefined, right: StateIdentity): boolean {
  return left?.lineage === right.lineage && left.serial === right.serial;
}

function stackFolders(root: string, id: string): string[] {
  const packages = ['packages', 'apps'].flatMap((parent) => children(path.join(root, parent)));
  return packages
    .flatMap((folder) => [folder, path.join(folder, 'infra')])
    .map((folder) => path.join(folder, 'cdktf.out', 'stacks', id))
    .filter((folder) => existsSync(folder));
}

function children(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? [path.join(folder, entry.name)] : [],
      )
    : [];
}

function readJson(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
