import path from 'node:path';
import { formatProblems, InputError, type Environment } from '@loadlab/foundation';
import { lintContextOf } from '@loadlab/proxy-service';
import { parseConfigSource, pullConfig, writeConfig, type ConfigStore } from '@loadlab/proxy-service/pull-config';

/** Who is told, and who decides. */
export interface PullAudience {
  readonly show: (text: string) => void;
  readonly warn: (text: string) => void;
  /** `always` writes, `never` only shows; or a person is asked. */
  readonly approval: 'always' | 'never' | ((question: string) => Promise<boolean>);
}

/**
 * Brings a config.yaml from elsewhere into an environment's folder, after its difference was shown and somebody approved.
 * @returns whether the file was written
 * @throws {InputError} when it cannot be fetched, is not sound, or differs and nobody can be asked
 */
export async function pullIntoEnvironment(
  from: string,
  environment: Environment,
  store: ConfigStore,
  { show, warn, approval }: PullAudience,
): Promise<boolean> {
  const { file } = environment.litellmConfig;
  const shown = path.relative(process.cwd(), file);
  const source = parseConfigSource(from);
  const { text, changed, diff, warnings } = await pullConfig({
    source,
    store,
    file,
    context: lintContextOf(environment),
  });
  if (warnings.length > 0) warn(`${formatProblems(warnings)}\n`);
  if (!changed) {
    show(`${shown} is the same already.\n`);
    return false;
  }
  show(diff);
  if (approval === 'never') {
    throw new InputError([
      {
        file: '--yes',
        path: '',
        message: `is needed to replace ${shown} where nobody can be asked`,
        hint: 'look at the difference, then repeat with --yes',
      },
    ]);
  }
  if (approval !== 'always' && !(await approval(`Replace ${shown}?`))) {
    show('Nothing was written.\n');
    return false;
  }
  writeConfig(file, text);
  show(`${shown} is written; deploying the environment publishes it.\n`);
  return true;
}
