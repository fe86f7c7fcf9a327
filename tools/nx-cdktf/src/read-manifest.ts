import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { MANIFEST } from './plan-files';
import { manifestSchema, type PlanManifest } from './plan-manifest';

/** The manifest in a folder, as far as it can be read; undefined when there is none, or none that was written whole. */
export function readManifestIn(folder: string): PlanManifest | undefined {
  const file = path.join(folder, MANIFEST);
  if (!existsSync(file)) return undefined;
  try {
    return manifestSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    // Half a file: an apply says so and refuses.
    return undefined;
  }
}
