import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { REVIEW_FACTS_OUTPUT } from '@loadlab/foundation';
import { z } from 'zod';
import { MANIFEST, PLAN_JSON } from './plan-files';
import { manifestSchema, type StateIdentity } from './plan-manifest';

const outputsSchema = z.object({
  output_changes: z.record(z.string(), z.object({ actions: z.array(z.string()) })).optional(),
});

/**
 * Whether another stack of the workspace has a saved plan that would change its outputs. A plan that was made for another state has
 * been applied or overtaken, and tells nothing any more. What one that is pending itself will do is not known yet, so it may.
 */
export function siblingWillChangeOutputs(
  root: string,
  environment: string,
  stack: string,
  state: StateIdentity,
  now: Date,
): boolean {
  return stackFolders(root, `${stack}-${environment}`).some((folder) => {
    const manifest = manifestSchema.safeParse(readJson(path.join(folder, MANIFEST)));
    if (manifest.data?.planned === null) return new Date(manifest.data.expiresAt) > now;
    const planned = manifest.data?.planned.state;
    if (planned?.lineage !== state.lineage || planned.serial !== state.serial) return false;
    const plan = outputsSchema.safeParse(readJson(path.join(folder, PLAN_JSON)));
    return Object.entries(plan.data?.output_changes ?? {}).some(
      // What a stack tells reviewers is read by no other stack.
      ([name, { actions }]) => name !== REVIEW_FACTS_OUTPUT && actions.some((action) => action !== 'no-op'),
    );
  });
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
