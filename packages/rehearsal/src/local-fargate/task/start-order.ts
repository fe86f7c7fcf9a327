import type { ContainerDefinition } from '@loadlab/foundation';
import type { HealthStatus } from '../health/container-health';

/** How far a container has come. */
export interface ContainerProgress {
  readonly state: 'PENDING' | 'RUNNING' | 'STOPPED';
  /** Of a stopped one; absent when a signal ended it. */
  readonly exitCode?: number;
  readonly health: HealthStatus;
}

/**
 * Whether a container's dependencies let it start; the reason when they never will.
 * @source https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
 */
export function mayStart(
  container: Pick<ContainerDefinition, 'dependsOn'>,
  progress: ReadonlyMap<string, ContainerProgress>,
): 'start' | 'wait' | { readonly never: string } {
  for (const { containerName, condition } of container.dependsOn) {
    const dependency = progress.get(containerName);
    const verdict = dependency === undefined ? 'wait' : judge(containerName, condition, dependency);
    if (verdict !== 'start') return verdict;
  }
  return 'start';
}

function judge(
  name: string,
  condition: ContainerDefinition['dependsOn'][number]['condition'],
  dependency: ContainerProgress,
): 'start' | 'wait' | { never: string } {
  const stopped = dependency.state === 'STOPPED';
  switch (condition) {
    case 'START':
      return dependency.state === 'PENDING' ? 'wait' : 'start';
    case 'COMPLETE':
      return stopped ? 'start' : 'wait';
    case 'SUCCESS':
      if (!stopped) return 'wait';
      return dependency.exitCode === 0 ? 'start' : { never: `"${name}" did not end with 0` };
    case 'HEALTHY':
      if (stopped) return { never: `"${name}" ended before it was HEALTHY` };
      return dependency.health === 'HEALTHY' ? 'start' : 'wait';
  }
}

/** The order in which a task's containers stop: each only after all that depend on it, so those of one list stop together. */
export function stopOrder(containers: readonly Pick<ContainerDefinition, 'name' | 'dependsOn'>[]): string[][] {
  const waves: string[][] = [];
  let left = [...containers];
  while (left.length > 0) {
    const wave = left.filter(
      ({ name }) => !left.some((other) => other.dependsOn.some(({ containerName }) => containerName === name)),
    );
    // A task definition without cycles always has one; see checkTaskDefinition.
    if (wave.length === 0) throw new Error('containers depend on one another in a circle');
    waves.push(wave.map(({ name }) => name));
    left = left.filter((container) => !wave.includes(container));
  }
  return waves;
}
