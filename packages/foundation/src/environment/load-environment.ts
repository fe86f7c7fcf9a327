import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { checkSchema } from '../documents/check-schema';
import { readDocument, readText } from '../documents/read-document';
import { didYouMean } from '../problems/did-you-mean';
import { InputError, isError, type Problem } from '../problems/problem';
import { checkEnvironment } from './check-environment';
import type { Environment, LiteLlmConfigFile } from './environment';
import { environmentSchema } from './environment-schema';
import { workspaceRoot } from './workspace-root';

const FILE_NAME = 'environment.yaml';

/**
 * Reads and checks an environment: a name under `environments/`, or (with a slash, or `.`) the folder itself.
 * The root is the workspace's folder, by default the one that this code belongs to.
 * @throws {InputError} with all problems of environment.yaml, and of finding and reading config.yaml
 */
export function loadEnvironment(nameOrDirectory: string, options: { readonly root?: string } = {}): Environment {
  const root = options.root ?? workspaceRoot();
  const directory = directoryOf(nameOrDirectory, root);
  const file = join(directory, FILE_NAME);
  const name = basename(directory);
  const document = { ...readDocument(file), file: displayed(file, root) };

  const { value, problems } = checkSchema(document, environmentSchema);
  const found: Problem[] = [...problems];
  if (value === undefined) throw new InputError(found);
  found.push(...checkEnvironment(value, { name, document }));
  const litellmConfig = collect(found, () => readConfig(resolve(directory, value.proxy.config), root));
  if (litellmConfig === undefined || found.some(isError)) throw new InputError(found);
  return { ...value, name, directory, file, litellmConfig, warnings: found };
}

/** Names of all environments: the folders under `environments/` that hold an environment.yaml, sorted. */
export function environmentNames(root: string = workspaceRoot()): string[] {
  const folder = join(root, 'environments');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, FILE_NAME)))
    .map((entry) => entry.name)
    .sort();
}

function directoryOf(nameOrDirectory: string, root: string): string {
  const isPath = /[\\/]/.test(nameOrDirectory) || nameOrDirectory === '.' || nameOrDirectory === '..';
  const directory = isPath ? resolve(nameOrDirectory) : join(root, 'environments', nameOrDirectory);
  if (existsSync(join(directory, FILE_NAME))) return directory;
  const names = environmentNames(root);
  const likely = didYouMean(nameOrDirectory, names);
  const known = names.length > 0 ? `there is ${names.join(', ')}` : 'there is none under environments/ yet';
  throw new InputError([
    {
      file: displayed(join(directory, FILE_NAME), root),
      path: '',
      message: `no environment "${nameOrDirectory}"`,
      hint: likely === undefined ? known : `did you mean "${likely}"? (${known})`,
    },
  ]);
}

function readConfig(file: string, root: string): LiteLlmConfigFile {
  try {
    const text = readText(file);
    return { file, text, sha256: createHash('sha256').update(text, 'utf8').digest('hex') };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.problems.map((problem) => ({ ...problem, file: displayed(file, root) })));
  }
}

/** Runs a step whose problems belong with those found before. */
function collect<T>(problems: Problem[], step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

/** Files inside the workspace are named from its root, so that a message reads the same on every machine. */
function displayed(file: string, root: string): string {
  const inside = relative(root, file);
  return inside.startsWith(`..${sep}`) || isAbsolute(inside) ? file : inside;
}
