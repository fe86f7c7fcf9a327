import { setTimeout as sleep } from 'node:timers/promises';
import { formatProblems, InputError, loadEnvironment, readText } from '@loadlab/foundation';
import { lintContextOf } from '@loadlab/proxy-service';
import { gatewayAdmin, readModels, registerModels, type Clock, type Registration } from '@loadlab/proxy-service/models';
import { chooseTarget, type LookUpTarget, type TargetFlags } from './choose-target';

/** Flags of the command. */
export interface ModelFlags extends TargetFlags {
  readonly file: string;
  readonly processes?: number | undefined;
}

/** Effects; a test passes its own. */
export interface ModelSurroundings {
  readonly variables: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly show: (text: string) => void;
  readonly warn: (text: string) => void;
  readonly lookUp: LookUpTarget;
}

/** Of the benchmark's shape: asking a smaller gateway as often costs a moment. */
const PROCESSES_OF_A_STRANGER = 16;
const WORDS: Readonly<Record<Registration['outcome'], string>> = {
  added: 'added',
  replaced: 'replaced',
  unchanged: 'unchanged',
  inConfig: 'unchanged: its config.yaml has it already, and stays in charge',
};

/** Time as it passes here. */
export const wallClock: Clock = { now: () => performance.now(), sleep: (milliseconds) => sleep(milliseconds) };

/**
 * Registers the models of a file with a running gateway, and says for each what became of it. The file is checked before anything
 * is asked.
 * @throws {InputError} when the file is not sound, the gateway cannot be found, or refuses
 */
export async function applyModels(flags: ModelFlags, around: ModelSurroundings): Promise<readonly Registration[]> {
  const { environment: name, target } = flags;
  const environment = target !== undefined || name === undefined ? undefined : loadEnvironment(name);
  const context =
    environment === undefined ? { variables: variablesIn(flags.file), hasDatabase: true } : lintContextOf(environment);
  const { deployments, warnings } = readModels(flags.file, context);
  if (warnings.length > 0) around.warn(`${formatProblems(warnings)}\n`);
  const {
    url,
    apiKeyEnv = 'LITELLM_MASTER_KEY',
    variables,
  } = await chooseTarget(flags, around.variables, around.lookUp);
  const registrations = await registerModels({
    gateway: gatewayAdmin({ url, masterKey: keyIn(variables, apiKeyEnv) }),
    deployments,
    processes: flags.processes ?? context.processes ?? PROCESSES_OF_A_STRANGER,
    clock: around.clock,
  });
  for (const { modelName, id, outcome } of registrations) {
    around.show(`${modelName}${id === modelName ? '' : ` (${id})`}: ${WORDS[outcome]}\n`);
  }
  return registrations;
}

/** Which variables a stranger's gateway has, only its owner knows: the file is believed. */
function variablesIn(file: string): string[] {
  return [...readText(file).matchAll(/os\.environ\/(\w+)/g)].map(([, name = '']) => name);
}

function keyIn(variables: NodeJS.ProcessEnv, name: string): string {
  const key = variables[name];
  if (key !== undefined && key !== '') return key;
  throw new InputError([
    { file: '--api-key-env', path: '', message: `the variable ${name} is not set`, hint: 'it holds the master key' },
  ]);
}
