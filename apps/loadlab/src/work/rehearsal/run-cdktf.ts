import { EXIT, type ExitCode } from '@loadlab/foundation';
import type { RunSettings } from '@loadlab/rehearsal';
import type { Rehearsal } from './rehearsal';

/** A signal that ended a command is this and its number as an exit code. */
const SIGNALLED = 128;

/**
 * `cdktf deploy '*'` itself, of what was synthesized. The lock of providers would be asked of the registry, which is not there.
 * Chosen stacks (ids in order of dependency; none means all) go one by one, each after those it reads, or before them when they are
 * destroyed, until one fails: some that they read may not be among them, and with that allowance cdktf 0.21 deploys several at once, and
 * destroys the same one again and again, without end.
 * @returns the exit code
 */
export async function runCdktf(
  rehearsal: Pick<Rehearsal, 'run'>,
  verb: 'deploy' | 'destroy',
  chosen: readonly string[],
  settings: RunSettings,
): Promise<ExitCode> {
  // Without CI, cdktf draws over lines that it has printed, in a file, too.
  const variables = { ...(process.stdout.isTTY ? {} : { CI: '1' }), ...settings.variables };
  const flags = ['--auto-approve', '--skip-synth', '--skip-provider-lock'];
  const run = async (...stacks: readonly string[]): Promise<ExitCode> => {
    const code = await rehearsal.run('cdktf', [verb, ...stacks, ...flags], { ...settings, variables });
    if (code > SIGNALLED)
      process.stderr.write(`loadlab: the ${verb} was killed; where its lock stays, see docs/state-locks.md\n`);
    return code === 0 ? EXIT.done : EXIT.objectiveMissed;
  };
  if (chosen.length === 0) return run('*');
  for (const id of verb === 'deploy' ? chosen : [...chosen].reverse()) {
    const code = await run(id, '--ignore-missing-stack-dependencies');
    if (code !== EXIT.done) return code;
  }
  return EXIT.done;
}
