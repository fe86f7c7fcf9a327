import { environmentNames, InputError, loadEnvironment, type Environment, type Problem } from '@loadlab/foundation';
import type { Options } from './options';

/** Which environments the pipeline looks after, by name, where that is not all of them. */
const PIPELINES = 'LOADLAB_CI_ENVIRONMENTS';
/** The one that somebody works on, as everywhere. */
const ONE = 'LOADLAB_ENVIRONMENT';

/**
 * Those that are named by flags, by approved plans or by variables; else those whose states are for everybody, since nobody else's
 * pipeline can see a state on this machine. They are read, so that a mistake is told before anything takes its time.
 * @throws {InputError} for one that does not exist or is wrong, and when something would be destroyed that nobody named
 */
export function chooseEnvironments(options: Options, variables: NodeJS.ProcessEnv): Environment[] {
  const named = namesIn(options, variables);
  if (named.length > 0) return loadAll(named);
  if (options.destroy)
    throw new InputError([
      {
        file: '--destroy',
        path: '',
        message: 'wants the environment named that may be taken down',
        hint: `--environment NAME (there is ${environmentNames().join(', ')})`,
      },
    ]);
  return loadAll(environmentNames()).filter(({ backend }) => backend.local === undefined);
}

function namesIn({ environments, approved, destroy }: Options, variables: NodeJS.ProcessEnv): string[] {
  const inVariable = (name: string): string[] => (variables[name] ?? '').split(/[\s,]+/).filter((word) => word !== '');
  const ways = [
    environments,
    approved.map(({ environment }) => environment),
    // All that a pipeline looks after is not the one that somebody wants taken down.
    destroy ? [] : inVariable(PIPELINES),
    inVariable(ONE),
  ];
  return [...new Set(ways.find((names) => names.length > 0))];
}

function loadAll(names: readonly string[]): Environment[] {
  const problems: Problem[] = [];
  const found = names.flatMap((name) => {
    try {
      return [loadEnvironment(name)];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  if (problems.length > 0) throw new InputError(problems);
  return found;
}
