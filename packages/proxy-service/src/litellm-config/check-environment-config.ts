import { basename, isAbsolute, relative, sep } from 'node:path';
import {
  InputError,
  isError,
  parseSource,
  workspaceRoot,
  type Environment,
  type Problem,
  type SourceDocument,
} from '@loadlab/foundation';
import { connectionBudget, mostTasks } from '../capacity/connection-budget';
import { gatewayTimeouts } from '../container/gateway-timeouts';
import { taskVariables } from '../container/task-variables';
import { lintLiteLlmConfig } from './lint-litellm-config';
import type { LintContext } from './lint-context';

/** What an environment's task gives LiteLLM, for the linter. */
export function lintContextOf(environment: Environment): LintContext {
  const litellmVersion = /:v?(\d+\.\d+\.\d+)/.exec(environment.proxy.image)?.[1];
  return {
    variables: taskVariables(environment),
    hasDatabase: environment.database !== 'none',
    idleTimeoutSeconds: gatewayTimeouts.loadBalancerIdle,
    processes: mostTasks(environment) * environment.proxy.workersPerTask,
    production: environment.profile === 'production',
    ...(litellmVersion === undefined ? {} : { litellmVersion }),
  };
}

/** Problems of an environment's config.yaml: in itself, with the task that reads it, and with the database behind it. */
export function checkEnvironmentConfig(environment: Environment): Problem[] {
  const { file, text } = environment.litellmConfig;
  let document: SourceDocument;
  try {
    document = parseSource(displayed(file), text);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return [...error.problems];
  }
  const problems = lintLiteLlmConfig(document, lintContextOf(environment));
  const tooMany = connectionBudget(environment, document.value).problem;
  return tooMany === undefined ? problems : [...problems, { file: displayed(environment.file), ...tooMany }];
}

/**
 * As `checkEnvironmentConfig`, for those who go on only with a sound one.
 * @returns the warnings
 * @throws {InputError} with all problems, warnings included
 */
export function requireSoundConfig(environment: Environment): readonly Problem[] {
  const problems = checkEnvironmentConfig(environment);
  if (problems.some(isError)) throw new InputError(problems);
  return problems;
}

/** Files inside the workspace are named from its root, so that a message reads the same on every machine. */
function displayed(file: string): string {
  if (basename(file) === file) return file;
  const inside = relative(workspaceRoot(), file);
  return inside.startsWith(`..${sep}`) || isAbsolute(inside) ? file : inside;
}
