import { spawnSync } from 'node:child_process';
import { EXIT } from '@loadlab/foundation';

/** What the set-up makes beside npm packages; at once when all of it is there. */
const WANTED = {
  /** Lint and types need nothing more, but the tests do. */
  checks: ['--python', '--for-tests'],
  rehearsal: ['--for-rehearsals'],
} as const;

/** Makes ready what a step needs. @returns 0, or 3 after the set-up has said what is missing */
export function setUp(root: string, step: keyof typeof WANTED): number {
  const { status } = spawnSync(process.execPath, ['tools/setup/setup.js', ...WANTED[step]], {
    cwd: root,
    stdio: 'inherit',
  });
  return status === null ? EXIT.interrupted : status === 0 ? EXIT.done : EXIT.badInput;
}
