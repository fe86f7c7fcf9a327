import path from 'node:path';
import { chooseEnvironment, loadEnvironment, readText } from '@loadlab/foundation';
import { defineCommand } from '../command';
import { writeWhole } from '../write-whole';

interface Flags {
  environment?: string;
  by?: string;
  until?: string;
}

/** `loadlab extend`: moves the time at which an environment may be taken down. */
export const extend = defineCommand<Flags>({
  command: 'extend',
  describe: 'Move the time at which an environment may be taken down (expiresAt in environment.yaml)',
  builder: {
    environment: { type: 'string', requiresArg: true, describe: 'Environment that is to live longer' },
    by: { type: 'string', requiresArg: true, describe: 'How much longer than planned, or than now: 4h' },
    until: { type: 'string', requiresArg: true, describe: 'Until when: 2026-11-24T18:00:00Z' },
  },
  examples: [
    ['$0 extend --environment benchmark --by 4h', 'four hours more'],
    ['$0 extend --environment benchmark --until 2026-11-24T18:00:00Z', 'until then'],
  ],
  handler: ({ environment: flag, by, until }) => {
    const environment = loadEnvironment(chooseEnvironment({ flag, purpose: 'change' }));
    const { newExpiry, withExpiry } = require('../work/move-expiry') as typeof import('../work/move-expiry');
    const { createTwoFilesPatch } = require('diff') as typeof import('diff');
    const extension = { ...(by === undefined ? {} : { by }), ...(until === undefined ? {} : { until }) };
    const expiry = newExpiry(extension, environment.expiresAt, new Date());
    const before = readText(environment.file);
    const after = withExpiry(before, expiry);
    const shown = path.relative(process.cwd(), environment.file);
    writeWhole(environment.file, after);
    process.stdout.write(createTwoFilesPatch(shown, shown, before, after, undefined, undefined, { context: 1 }));
    process.stdout.write(`${environment.name} expires at ${expiry}; deploying it writes that on everything.\n`);
  },
});
