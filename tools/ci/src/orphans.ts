import type { Environment } from '@loadlab/foundation';
import { stateObjects } from '@loadlab/nx-cdktf/plans';
import { z } from 'zod';

/** A state that no folder of the workspace stands for any more. */
export interface Orphan {
  /** `loadlab/benchmark/cache.tfstate` */
  readonly key: string;
  readonly environment: string;
  readonly stack: string;
  /** What is gone. */
  readonly gone: 'stack' | 'environment';
  readonly modifiedAt: Date;
  /** How many things it still says exist. */
  readonly resources: number;
}

const stateSchema = z.object({
  resources: z.array(z.object({ mode: z.string(), instances: z.array(z.unknown()) })).default([]),
});

/** What exists in the workspace. */
export interface Known {
  /** All environments. */
  readonly environments: readonly string[];
  /** The one that is looked at, and its stacks. */
  readonly environment: string;
  readonly stacks: readonly string[];
}

/** Of a state's key, what it belongs to; undefined for what is no state of this namespace, and for states that somebody has. */
export function orphanOf(
  key: string,
  namespace: string,
  known: Known,
): Pick<Orphan, 'environment' | 'stack' | 'gone'> | undefined {
  const [, environment, stack] = new RegExp(`^${namespace}/([^/]+)/([^/]+)\\.tfstate$`).exec(key) ?? [];
  if (environment === undefined || stack === undefined) return undefined;
  if (!known.environments.includes(environment)) return { environment, stack, gone: 'environment' };
  if (environment !== known.environment || known.stacks.includes(stack)) return undefined;
  return { environment, stack, gone: 'stack' };
}

/**
 * Live states in the bucket of an environment's states that nobody plans any more, since the folder of the stack or of its environment
 * is gone. States that hold nothing are left out. Other backends cannot be listed.
 */
export async function findOrphans(environment: Environment, known: Known): Promise<Orphan[]> {
  if (environment.backend.s3 === undefined) return [];
  const objects = await stateObjects(environment);
  const orphans: Orphan[] = [];
  for (const { key, modifiedAt } of await objects.list(`${environment.namespace}/`)) {
    const orphan = orphanOf(key, environment.namespace, known);
    if (orphan === undefined) continue;
    const bytes = await objects.get(key);
    const resources = bytes === undefined ? 0 : liveResources(Buffer.from(bytes).toString('utf8'));
    if (resources > 0) orphans.push({ key, ...orphan, modifiedAt, resources });
  }
  return orphans;
}

/** How many managed instances a state holds. */
export function liveResources(state: string): number {
  return stateSchema
    .parse(JSON.parse(state))
    .resources.filter(({ mode }) => mode === 'managed')
    .reduce((sum, { instances }) => sum + instances.length, 0);
}
