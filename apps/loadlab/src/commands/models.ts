import { chooseEnvironment, InputError, loadEnvironment } from '@loadlab/foundation';
import { defineCommand } from '../command';
import type { ModelFlags } from '../work/apply-models';

/** `loadlab models apply`: models of a file, registered with a running gateway. */
export const models = defineCommand<ModelFlags & { action: 'apply' }>({
  command: 'models <action> <file>',
  describe: 'apply: register the models of a config.yaml-shaped file with a running gateway; twice is once',
  builder: {
    action: { choices: ['apply'], describe: 'What to do with models' },
    file: { type: 'string', describe: 'A file with a model_list' },
    environment: { type: 'string', requiresArg: true, describe: 'Environment whose deployed gateway learns them' },
    target: { type: 'string', requiresArg: true, describe: 'Or the origin of any LiteLLM gateway with a database' },
    'api-key-env': {
      type: 'string',
      requiresArg: true,
      describe: 'Variable that holds the master key (default: LITELLM_MASTER_KEY, or the environment’s own secret)',
    },
    processes: {
      type: 'number',
      requiresArg: true,
      describe: 'Processes of the gateway, which all have to learn them (default: the environment’s; 16 for a target)',
    },
  },
  examples: [
    ['$0 models apply models.yaml --environment benchmark', 'into the gateway that was deployed'],
    ['$0 models apply models.yaml --target http://localhost:4000 --api-key-env KEY', 'into any other'],
  ],
  handler: async (flags) => {
    if (flags.processes !== undefined && !(Number.isInteger(flags.processes) && flags.processes > 0)) {
      throw new InputError([
        { file: '--processes', path: '', message: `${flags.processes} is no number of processes` },
      ]);
    }
    const environment =
      flags.target === undefined
        ? chooseEnvironment({ flag: flags.environment, purpose: 'change' })
        : flags.environment;
    const { applyModels, wallClock } = require('../work/apply-models') as typeof import('../work/apply-models');
    await applyModels(
      { ...flags, environment },
      {
        variables: process.env,
        clock: wallClock,
        lookUp: (name) => {
          const { findTarget } = require('../work/find-target') as typeof import('../work/find-target');
          return findTarget(loadEnvironment(name));
        },
        show: (text) => void process.stdout.write(text),
        warn: (text) => void process.stderr.write(text),
      },
    );
  },
});
