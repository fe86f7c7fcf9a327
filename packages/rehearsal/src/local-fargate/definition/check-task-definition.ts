import type { ContainerDefinition, Problem } from '@loadlab/foundation';
import type { TaskDefinition } from './task-definition';

/** What ECS would refuse when the task definition is registered, and what cannot work; empty when all is well. */
export function checkTaskDefinition(definition: TaskDefinition): Problem[] {
  const file = `task definition ${definition.family}`;
  const containers = definition.containerDefinitions;
  const problems: Problem[] = [];
  const report = (container: string, path: string, message: string, hint?: string): void => {
    problems.push({ file, path: `${container}.${path}`, message, ...(hint === undefined ? {} : { hint }) });
  };

  if (!containers.some((container) => container.essential))
    problems.push({ file, path: 'containerDefinitions', message: 'no container is essential', hint: 'ECS wants one' });
  for (const name of repeated(containers.map((container) => container.name)))
    report(name, 'name', 'two containers have this name');
  for (const port of repeated(containers.flatMap(listeningPorts)))
    problems.push({
      file,
      path: 'portMappings',
      message: `port ${port} is mapped twice`,
      hint: "a task's containers share one network interface",
    });
  for (const container of containers) {
    for (const mount of container.mountPoints)
      if (!definition.volumes.some((volume) => volume.name === mount.sourceVolume))
        report(container.name, 'mountPoints', `the task has no volume "${mount.sourceVolume}"`);
    const names = [...container.environment, ...container.secrets].map((variable) => variable.name);
    for (const name of repeated(names))
      report(container.name, 'environment', `${name} is set twice`, 'ECS refuses a secret and a variable of one name');
    checkDependencies(container, containers, report);
  }
  for (const name of cycle(containers)) report(name, 'dependsOn', 'depends on itself in the end');
  return problems;
}

function checkDependencies(
  container: ContainerDefinition,
  containers: readonly ContainerDefinition[],
  report: (container: string, path: string, message: string, hint?: string) => void,
): void {
  for (const { containerName, condition } of container.dependsOn) {
    const dependency = containers.find((candidate) => candidate.name === containerName);
    if (dependency === undefined) report(container.name, 'dependsOn', `the task has no container "${containerName}"`);
    else if (condition === 'HEALTHY' && dependency.healthCheck === undefined)
      report(container.name, 'dependsOn', `waits for "${containerName}" to be HEALTHY, which has no health check`);
    else if ((condition === 'COMPLETE' || condition === 'SUCCESS') && dependency.essential)
      report(
        container.name,
        'dependsOn',
        `waits for the end of "${containerName}", an essential container`,
        'the task would end with it; make it essential: false',
      );
  }
}

function listeningPorts(container: ContainerDefinition): number[] {
  return container.portMappings.map((mapping) => mapping.containerPort);
}

function repeated<T>(values: readonly T[]): T[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

/** Names of containers that no order can start, since each waits for another of them. */
function cycle(containers: readonly ContainerDefinition[]): string[] {
  const names = new Set(containers.map((container) => container.name));
  const startable = new Set<string>();
  for (let grown = true; grown;) {
    const ready = containers.filter(
      (container) =>
        !startable.has(container.name) &&
        container.dependsOn.every(({ containerName }) => startable.has(containerName) || !names.has(containerName)),
    );
    for (const container of ready) startable.add(container.name);
    grown = ready.length > 0;
  }
  return [...names].filter((name) => !startable.has(name));
}
