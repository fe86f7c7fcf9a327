import { InputError } from '@loadlab/foundation';
import type { Target } from './find-target';

/** Flags that say what is loaded, or administered. */
export interface TargetFlags {
  readonly target?: string | undefined;
  readonly environment?: string | undefined;
  readonly 'api-key-env'?: string | undefined;
}

/** An endpoint, and where its key is: in a variable, so that only the variable's name goes where a record might keep it. */
export interface ChosenTarget {
  readonly url: string;
  /** Name of the variable that holds the key; absent without one. */
  readonly apiKeyEnv?: string;
  /** The process's variables, with the key of an environment added. */
  readonly variables: NodeJS.ProcessEnv;
}

/** Finds the deployed gateway of an environment by its name: `findTarget`, loaded only when it is needed. */
export type LookUpTarget = (environment: string) => Promise<Target>;

const KEY_VARIABLE = 'LITELLM_MASTER_KEY';

/**
 * The endpoint of `--target URL`, or the gateway that was deployed for `--environment NAME` (`LOADLAB_ENVIRONMENT` without both flags).
 * A variable named by `--api-key-env` holds the key of either; without it an environment's master key is looked up.
 * @throws {InputError} when not exactly one is given, or the environment's gateway cannot be found
 */
export async function chooseTarget(
  flags: TargetFlags,
  variables: NodeJS.ProcessEnv,
  lookUp: LookUpTarget,
): Promise<ChosenTarget> {
  const { target, environment, 'api-key-env': apiKeyEnv } = flags;
  if (target !== undefined && environment !== undefined) throw both();
  if (target !== undefined) return { url: target, variables, ...(apiKeyEnv === undefined ? {} : { apiKeyEnv }) };
  const name = [environment, variables.LOADLAB_ENVIRONMENT].find((word) => word !== undefined && word !== '');
  if (name === undefined) throw neither();
  const { url, masterKey } = await lookUp(name);
  if (apiKeyEnv !== undefined) return { url, apiKeyEnv, variables };
  return { url, apiKeyEnv: KEY_VARIABLE, variables: { ...variables, [KEY_VARIABLE]: await masterKey() } };
}

function neither(): InputError {
  return new InputError([
    {
      file: '--target',
      path: '',
      message: 'is needed and missing',
      hint: 'the endpoint, such as http://localhost:4000; or --environment NAME of a deployed one',
    },
  ]);
}

function both(): InputError {
  return new InputError([
    {
      file: '--target, --environment',
      path: '',
      message: 'say the same thing twice',
      hint: 'one of them: a URL, or the environment whose gateway is meant',
    },
  ]);
}
