import { InputError } from '../problems/problem';
import { environmentNames } from './load-environment';

/**
 * What the environment is wanted for: `synth` and tests only write files, `local` runs on this machine,
 * `change` touches an account.
 */
export type Purpose = 'synth' | 'change' | 'local';

const DEFAULTS: Readonly<Record<Purpose, string | undefined>> = {
  synth: 'benchmark',
  local: 'laptop',
  // Nobody should change an account that they did not name.
  change: undefined,
};

/**
 * Which environment a command works on: the flag, else `LOADLAB_ENVIRONMENT`, else the purpose's default.
 * @returns a name under `environments/`, or a folder
 * @throws {InputError} when an account would be changed and neither is given
 */
export function chooseEnvironment(options: {
  readonly flag?: string | undefined;
  readonly purpose: Purpose;
  readonly variables?: NodeJS.ProcessEnv;
}): string {
  const { flag, purpose, variables = process.env } = options;
  const chosen = [flag, variables.LOADLAB_ENVIRONMENT, DEFAULTS[purpose]].find(
    (candidate) => candidate !== undefined && candidate !== '',
  );
  if (chosen !== undefined) return chosen;
  const names = environmentNames();
  throw new InputError([
    {
      file: '--environment',
      path: '',
      message: 'is needed by whatever changes an account, and is missing',
      hint: `--environment NAME, or LOADLAB_ENVIRONMENT=NAME${names.length > 0 ? ` (there is ${names.join(', ')})` : ''}`,
    },
  ]);
}
