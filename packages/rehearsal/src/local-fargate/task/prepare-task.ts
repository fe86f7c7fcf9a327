import { InputError, type ContainerDefinition, type Problem } from '@loadlab/foundation';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkTaskDefinition } from '../definition/check-task-definition';
import { resolveSecret } from '../definition/secret-reference';
import type { TaskDefinition } from '../definition/task-definition';
import type { LocalMount } from '../rewriting/container-paths';
import { machineEnvironment } from '../rewriting/machine-environment';
import { rewriteContainer, type LocalProcess } from '../rewriting/rewrite-container';
import { describeRewriting, type Rewriting } from '../rewriting/rewriting';
import { freePort, releasePort } from '../run/free-port';
import { makeReadOnlyCopy, type VolumeContent } from '../run/read-only-copy';
import type { Runtime, RuntimeKind } from '../runtime/runtime';
import { findRuntime } from '../runtime/runtime-table';

/** What stands for AWS around a task. */
export interface TaskSurroundings {
  /** Content of the task's volumes, by their names. @default - none */
  readonly volumes?: Readonly<Record<string, VolumeContent>>;
  /** A whole secret or parameter by its ARN or name; undefined when there is none. @default - there are none */
  readonly secret?: (id: string) => string | undefined;
  /** Services inside the VPC (host, `host:port` or origin) and their origins here. @default - none */
  readonly services?: ReadonlyMap<string, string>;
  /** LiteLLM workers that the machine carries for this task. @default - as many as the container asks for */
  readonly maxWorkers?: number;
  /** What stands for which image. */
  readonly runtimes: readonly RuntimeKind[];
  /** The person's environment, of which a short list of variables is passed on. */
  readonly shell: Readonly<Record<string, string | undefined>>;
}

/** A container that is ready to be started as a process. */
export interface PreparedContainer {
  readonly definition: ContainerDefinition;
  readonly process: LocalProcess;
  readonly runtime: Runtime;
  readonly marker: string;
}

/** A task whose containers are ready to be started. */
export interface PreparedTask {
  readonly definition: TaskDefinition;
  /** Below it: each container's log, the volumes, a home and a place for temporary files. */
  readonly folder: string;
  /** `<run>/<task>` */
  readonly marker: string;
  readonly containers: readonly PreparedContainer[];
  /** Ports of this machine by container port: a task's containers share one network interface. */
  readonly ports: ReadonlyMap<number, number>;
  readonly rewritings: readonly Rewriting[];
}

/**
 * Makes a task's folder and turns its containers into processes of this machine. `wantedPorts` are ports of this machine to use
 * again, by container port.
 * @throws {InputError} with all problems: what ECS would refuse, a missing secret or volume, an image that nothing stands for
 */
export async function prepareTask(
  definition: TaskDefinition,
  surroundings: TaskSurroundings,
  place: { readonly folder: string; readonly marker: string },
  wantedPorts: ReadonlyMap<number, number> = new Map(),
): Promise<PreparedTask> {
  const problems: Problem[] = checkTaskDefinition(definition);
  if (problems.length > 0) throw new InputError(problems);
  const ports = await choosePorts(definition, wantedPorts);
  for (const name of ['home', 'tmp']) mkdirSync(join(place.folder, name), { recursive: true });

  const containers: PreparedContainer[] = [];
  const rewritings: Rewriting[] = [];
  for (const container of definition.containerDefinitions) {
    const file = `task definition ${definition.family}`;
    const report = (path: string, problem: Pick<Problem, 'message' | 'hint'>): void => {
      problems.push({ file, path: `${container.name}.${path}`, ...problem });
    };
    const runtime = findRuntime(container.image, surroundings.runtimes);
    const secrets = takeSecrets(container, surroundings, report);
    const mounts = findMounts(container, surroundings, place.folder, report);
    if ('message' in runtime) {
      report('image', runtime);
      continue;
    }
    const marker = `${place.marker}/${container.name}`;
    const outcome = rewriteContainer(container, {
      runtime,
      mounts,
      ports,
      services: surroundings.services ?? new Map(),
      secrets,
      maxWorkers: surroundings.maxWorkers,
      machineEnvironment: machineEnvironment({
        binFolders: runtime.binFolders,
        home: join(place.folder, 'home'),
        temporary: join(place.folder, 'tmp'),
        marker,
        shell: surroundings.shell,
      }),
    });
    if ('problems' in outcome) {
      for (const { path, ...problem } of outcome.problems) report(path, problem);
      continue;
    }
    containers.push({ definition: container, process: outcome.process, runtime, marker });
    rewritings.push(...mountRewritings(container, mounts), ...outcome.rewritings);
  }
  if (problems.length > 0) {
    for (const port of ports.values()) releasePort(port);
    throw new InputError(problems);
  }

  for (const { name } of definition.volumes) {
    const content = surroundings.volumes?.[name];
    if (content !== undefined) makeReadOnlyCopy(content, volumeFolder(place.folder, name));
  }
  writeFileSync(join(place.folder, 'rewritings.log'), rewritings.map((one) => `${describeRewriting(one)}\n`).join(''));
  return { definition, ...place, containers, ports, rewritings };
}

async function choosePorts(
  definition: TaskDefinition,
  wanted: ReadonlyMap<number, number>,
): Promise<ReadonlyMap<number, number>> {
  const ports = new Map<number, number>();
  for (const container of definition.containerDefinitions)
    for (const { containerPort } of container.portMappings)
      ports.set(containerPort, wanted.get(containerPort) ?? (await freePort()));
  return ports;
}

function takeSecrets(
  container: ContainerDefinition,
  surroundings: TaskSurroundings,
  report: (path: string, problem: Pick<Problem, 'message' | 'hint'>) => void,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { name, valueFrom } of container.secrets) {
    const found = resolveSecret(valueFrom, (id) => surroundings.secret?.(id));
    if ('value' in found) values.set(name, found.value);
    else
      report(`secrets.${name}`, {
        message: `ResourceInitializationError: unable to pull secrets: ${found.missing}`,
        hint: 'give the secret a value before the task starts',
      });
  }
  return values;
}

function findMounts(
  container: ContainerDefinition,
  surroundings: TaskSurroundings,
  taskFolder: string,
  report: (path: string, problem: Pick<Problem, 'message' | 'hint'>) => void,
): LocalMount[] {
  return container.mountPoints.map(({ sourceVolume, containerPath }) => {
    if (surroundings.volumes?.[sourceVolume] === undefined)
      report('mountPoints', {
        message: `ResourceInitializationError: failed to mount the volume "${sourceVolume}": nothing stands for it here`,
        hint: 'give the volume a folder or files',
      });
    return { containerPath, folder: volumeFolder(taskFolder, sourceVolume) };
  });
}

function mountRewritings(container: ContainerDefinition, mounts: readonly LocalMount[]): Rewriting[] {
  const writable = new Set(
    container.mountPoints.filter((mount) => !mount.readOnly).map((mount) => mount.containerPath),
  );
  return mounts.map(({ containerPath, folder }) => ({
    container: container.name,
    place: 'mountPoints',
    before: writable.has(containerPath) ? `${containerPath} (writable)` : containerPath,
    after: folder,
    why: 'a read-only copy stands for the file system',
  }));
}

function volumeFolder(taskFolder: string, volume: string): string {
  return join(taskFolder, 'volumes', volume);
}
