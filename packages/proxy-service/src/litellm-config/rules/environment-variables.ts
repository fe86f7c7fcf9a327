import type { Finding, Rule } from '../lint-context';

/** Names that LiteLLM skips, since they would change how its process runs. */
const SKIPPED = new Set([
  'PATH',
  'LD_PRELOAD',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
  'DYLD_INSERT_LIBRARIES',
  'PYTHONPATH',
  'PYTHONSTARTUP',
  'PYTHONHOME',
  'HOME',
  'USER',
  'SHELL',
  'LOGNAME',
  'NO_PROXY',
  'no_proxy',
]);
/** Read before this section is, by the process that starts the workers. */
const TOO_LATE = new Set([
  'KEEPALIVE_TIMEOUT',
  'NUM_WORKERS',
  'PORT',
  'HOST',
  'LITELLM_LOG',
  'LITELLM_MODE',
  'LITELLM_LOCAL_MODEL_COST_MAP',
  'LITELLM_MASTER_KEY',
  'DATABASE_URL',
  'DISABLE_SCHEMA_UPDATE',
  'TIMEOUT_WORKER_HEALTHCHECK',
  'MAX_REQUESTS_BEFORE_RESTART',
]);

/** Entries of `environment_variables` without effect. */
export const environmentVariables: Rule = (config) =>
  Object.keys(config.section('environment_variables')).flatMap((name): Finding[] => {
    const path = ['environment_variables', name];
    if (name === 'LITELLM_CONFIG')
      return [
        { path, message: 'LiteLLM has no variable LITELLM_CONFIG', hint: 'remove it: the file comes by --config' },
      ];
    if (SKIPPED.has(name)) return [{ path, message: 'LiteLLM skips this name', hint: 'remove it' }];
    if (TOO_LATE.has(name))
      return [
        {
          path,
          message: 'LiteLLM has read this variable before it reads its config',
          hint: 'set it in environment.yaml under proxy.environment',
        },
      ];
    return [];
  });
