import type { ContainerDefinition, Problem } from '@loadlab/foundation';
import type { Runtime, RuntimeContext } from '../runtime/runtime';
import { rewriteContainerPaths, type LocalMount } from './container-paths';
import { namesPort, rewriteContainerPorts } from './container-ports';
import { rewriteInSteps, type ProcessDraft } from './process-draft';
import type { Rewriting } from './rewriting';
import { rewriteServiceNames } from './service-names';
import { unsupportedSettings } from './unsupported-settings';

/** What a container becomes on this machine. */
export interface LocalProcess {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** All of its environment, secrets too: never to be logged. */
  readonly environment: Readonly<Record<string, string>>;
  /** Program and arguments of the health check. */
  readonly healthCommand?: readonly string[];
}

/** Everything that the rewriting of one container takes from the machine. */
export interface RewriteContext extends RuntimeContext {
  readonly runtime: Runtime;
  readonly mounts: readonly LocalMount[];
  /** Services inside the VPC and where they are here. */
  readonly services: ReadonlyMap<string, string>;
  /** Values of the container's secret variables, by name. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly machineEnvironment: Readonly<Record<string, string>>;
}

/** A container as a local process, with every difference listed, or the reasons why it cannot be one. */
export type RewriteOutcome =
  | { readonly process: LocalProcess; readonly rewritings: readonly Rewriting[] }
  | { readonly problems: readonly Pick<Problem, 'path' | 'message' | 'hint'>[] };

/** Turns a container definition into a local process. Pure: what the machine offers comes in through the context. */
export function rewriteContainer(container: ContainerDefinition, context: RewriteContext): RewriteOutcome {
  const { runtime } = context;
  const original = draftOf(container);
  const { draft, rewritings } = rewriteInSteps(original, [
    (step) => rewriteContainerPaths(step, context.mounts),
    (step) => rewriteContainerPorts(step, context.ports),
    (step) => rewriteServiceNames(step, context.services),
    (step) => runtime.adapt(step, context),
  ]);
  const started =
    container.entryPoint === undefined ? runtime.start(draft.command) : [...container.entryPoint, ...draft.command];
  const problems = [
    ...('problem' in started ? [{ path: 'command', message: started.problem }] : []),
    ...immovablePorts(container, original, draft, context.ports),
  ];
  if ('problem' in started || problems.length > 0) return { problems };
  const [program = '', ...args] = started;
  const healthCommand = draft.healthCommand === undefined ? undefined : healthProgram(draft.healthCommand);
  return {
    process: {
      name: container.name,
      program,
      args,
      environment: {
        ...Object.fromEntries(runtime.environment.map(({ name, value }) => [name, value])),
        ...context.machineEnvironment,
        ...draft.environment,
        ...Object.fromEntries(context.secrets),
      },
      ...(healthCommand === undefined ? {} : { healthCommand }),
    },
    rewritings: [
      imageRewriting(container, runtime),
      ...rewritings,
      ...runtimeVariables(container, runtime),
      machineVariables(container, context.machineEnvironment),
      ...secretRewritings(container),
      ...unsupportedSettings(container),
    ],
  };
}

function draftOf(container: ContainerDefinition): ProcessDraft {
  return {
    name: container.name,
    command: container.command,
    environment: Object.fromEntries(container.environment.map(({ name, value }) => [name, value])),
    ...(container.healthCheck === undefined ? {} : { healthCommand: container.healthCheck.command }),
  };
}

/** A port that the container names nowhere cannot be moved, and two labs on one machine would fight for it. */
function immovablePorts(
  container: ContainerDefinition,
  original: ProcessDraft,
  draft: ProcessDraft,
  ports: ReadonlyMap<number, number>,
): Pick<Problem, 'path' | 'message' | 'hint'>[] {
  return container.portMappings
    .map((mapping) => mapping.containerPort)
    .filter((port) => !namesPort(original, port) && !namesPort(draft, ports.get(port) ?? port))
    .map((port) => ({
      path: 'portMappings',
      message: `port ${port} stands nowhere in the command or in a variable, so it cannot be moved to a free one`,
      hint: `--port ${port} in the command, or PORT=${port}`,
    }));
}

function healthProgram(command: readonly string[]): readonly string[] {
  const [kind, ...rest] = command;
  return kind === 'CMD-SHELL' ? ['/bin/sh', '-c', rest.join(' ')] : rest;
}

function imageRewriting(container: ContainerDefinition, runtime: Runtime): Rewriting {
  const why = runtime.difference ?? 'there are no containers on this machine';
  return { container: container.name, place: 'image', before: container.image, after: runtime.description, why };
}

function runtimeVariables(container: ContainerDefinition, runtime: Runtime): Rewriting[] {
  const given = new Set([...container.environment, ...container.secrets].map((variable) => variable.name));
  return runtime.environment
    .filter(({ name }) => !given.has(name))
    .map(({ name, value, why }) => ({
      container: container.name,
      place: `environment.${name}`,
      before: '',
      after: value,
      why,
    }));
}

function machineVariables(container: ContainerDefinition, variables: Readonly<Record<string, string>>): Rewriting {
  const after = Object.keys(variables).sort().join(' ');
  return {
    container: container.name,
    place: 'environment',
    before: '',
    after,
    why: 'what an image and its host would set',
  };
}

function secretRewritings(container: ContainerDefinition): Rewriting[] {
  return container.secrets.map(({ name, valueFrom }) => ({
    container: container.name,
    place: `secrets.${name}`,
    before: valueFrom,
    after: '(the value in the local store)',
    why: 'there is no Secrets Manager on this machine',
  }));
}
