import { chooseEnvironment, loadEnvironment } from '@loadlab/foundation';
import type { BootstrapOutcome } from '@loadlab/state-backend';
import { defineCommand } from '../command';

const WORDS: Readonly<Record<BootstrapOutcome, string>> = {
  created: 'is made, and its own state lies in it',
  finished: 'is made: an earlier run had stopped on the way',
  there: 'is there already; nothing was changed',
  foreign: 'is there already, and somebody else looks after it; nothing was changed',
};

/** `loadlab state bootstrap`: the bucket that holds the states. */
export const state = defineCommand<{ action: 'bootstrap'; environment?: string }>({
  command: 'state <action>',
  describe: 'bootstrap: make the bucket that holds everybody’s state, its own included',
  builder: {
    action: { choices: ['bootstrap'], describe: 'What to do with the states' },
    environment: { type: 'string', requiresArg: true, describe: 'Environment whose states it will hold' },
  },
  examples: [['$0 state bootstrap --environment benchmark', 'once for a bucket; again does nothing']],
  handler: async ({ environment: flag }) => {
    const environment = loadEnvironment(chooseEnvironment({ flag, purpose: 'change' }));
    const { bootstrapState } = require('@loadlab/state-backend') as typeof import('@loadlab/state-backend');
    const outcome = await bootstrapState(environment, {
      onStep: (step) => void process.stderr.write(`${step}\n`),
    });
    process.stdout.write(`The bucket ${environment.backend.s3?.bucket ?? ''} ${WORDS[outcome]}.\n`);
  },
});
