import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { didYouMean, InputError } from '@loadlab/foundation';

const FOLDER = join(__dirname, '..', '..', 'scenarios');
const EXTENSION = '.yaml';

/** Names of the scenarios that come with LoadLab, sorted: `guide`, `laptop`, … */
export function shippedScenarios(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(EXTENSION))
    .map((file) => file.slice(0, -EXTENSION.length))
    .sort();
}

/**
 * The file that a scenario argument means: a shipped scenario by its name, anything else as a path.
 * @throws {InputError} when it is neither, with the likely name
 */
export function scenarioFile(nameOrFile: string): string {
  const names = shippedScenarios();
  if (names.includes(nameOrFile)) return join(FOLDER, nameOrFile + EXTENSION);
  if (existsSync(nameOrFile)) return nameOrFile;
  const likely = didYouMean(nameOrFile, names);
  throw new InputError([
    {
      file: nameOrFile,
      path: '',
      message: 'is neither a file nor a shipped scenario',
      hint: likely === undefined ? `shipped: ${names.join(', ')}` : `did you mean "${likely}"?`,
    },
  ]);
}
