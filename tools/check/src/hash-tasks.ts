import { createProjectGraphAsync, type ProjectGraph } from '@nx/devkit';
import { readNxJson } from 'nx/src/config/nx-json';
import { HashPlanInspector } from 'nx/src/hasher/hash-plan-inspector';
import { createTaskHasher } from 'nx/src/hasher/create-task-hasher';
import { createTaskGraph } from 'nx/src/tasks-runner/create-task-graph';
import { resetWorkspaceContext } from 'nx/src/utils/workspace-context';

/**
 * Reads the workspace of the working folder anew. That folder must not change during the life of the process: Nx looks at it when it
 * is loaded.
 */
export async function readGraph(): Promise<ProjectGraph> {
  resetWorkspaceContext();
  return createProjectGraphAsync();
}

/**
 * What Nx would look for in its cache, by `project:target`, for the given targets of all projects; nothing is run. Where a hash covers
 * what another task wrote, it covers what lies there now.
 */
export async function hashTasks(graph: ProjectGraph, targets: readonly string[]): Promise<Map<string, string>> {
  const projects = Object.values(graph.nodes)
    .filter(({ data }) => targets.some((target) => target in (data.targets ?? {})))
    .map(({ name }) => name);
  const taskGraph = createTaskGraph(graph, {}, projects, [...targets], undefined, {});
  const tasks = Object.values(taskGraph.tasks);
  const environments = Object.fromEntries(tasks.map((task) => [task.id, process.env]));
  const hasher = createTaskHasher(graph, readNxJson());
  const hashes = await hasher.hashTasks(tasks, taskGraph, environments);
  return new Map(tasks.map(({ id }, index) => [id, hashes[index]?.value ?? '']));
}

/** The files that the hash of a task covers, relative to the workspace. */
export async function declaredFiles(graph: ProjectGraph, project: string, target: string): Promise<Set<string>> {
  const inspector = new HashPlanInspector(graph);
  await inspector.init();
  return new Set(inspector.inspectTaskInputs({ project, target })[`${project}:${target}`]?.files);
}
