import { defineCommand } from '../command';
import { loadFlags, type LoadFlags } from '../load-flags';

/** The scenario that is written for one worker, and multiplied by those that the machine carries. */
const DEFAULT_SCENARIO = 'laptop';

/** `loadlab local`: the whole lab on this machine, then a scenario. */
export const local = defineCommand<
  LoadFlags & { scenario: string; environment?: string; 'without-terraform': boolean }
>({
  command: 'local [scenario]',
  describe: 'The whole lab on this machine (deployed by Terraform onto an offline AWS), then a scenario',
  builder: {
    scenario: { type: 'string', default: DEFAULT_SCENARIO, describe: 'A scenario file, or the name of a shipped one' },
    environment: { type: 'string', requiresArg: true, describe: 'Environment to run (default: laptop)' },
    'without-terraform': {
      type: 'boolean',
      default: false,
      describe: 'Start mock and gateway without deploying anything',
    },
    ...loadFlags,
  },
  examples: [
    ['$0 local', 'what npm run benchmark does'],
    ['$0 local streaming --rounds 2', 'another scenario, two pairs of rounds'],
  ],
  handler: async (flags) => {
    const { runLocally } = require('../work/local/run-locally') as typeof import('../work/local/run-locally');
    process.exitCode = await runLocally(flags);
  },
});
