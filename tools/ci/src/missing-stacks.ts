import type { Environment } from '@loadlab/foundation';
import { stateObjects } from '@loadlab/nx-cdktf/plans';
import { liveResources } from './orphans';
import type { WorkspaceStack } from './workspace-stacks';

/**
 * Projects of stacks that should exist, and do not: never applied, or taken down since. No commit tells of that, so whoever goes by
 * commits would never plan them again. Empty where states cannot be listed: everything is looked at there anyway.
 */
export async function missingStacks(
  environment: Environment,
  stacks: readonly Pick<WorkspaceStack, 'project' | 'name'>[],
): Promise<string[]> {
  if (environment.backend.s3 === undefined) return [];
  const objects = await stateObjects(environment);
  const missing: string[] = [];
  for (const { project, name } of stacks) {
    const state = await objects.get(`${environment.namespace}/${environment.name}/${name}.tfstate`);
    if (state === undefined || liveResources(Buffer.from(state).toString('utf8')) === 0) missing.push(project);
  }
  return missing;
}
