import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { readDocument, readText } from '../documents/read-document';
import { didYouMean } from '../problems/did-you-mean';
import { InputError, type Problem } from '../problems/problem';
import { checkEnvironment } from './check-environment';
import type { Environment, LiteLlmConfigFile } from './environment';
import { fittingName } from './environment-name';
import { workspaceRoot } from './workspace-root';

const FOLDER = 'environments';
const FILE_NAME = 'environment.yaml';

/**
 * Reads and checks an environment: a name under `environments/`, or (with a slash, or `.`) the folder itself.
 * The root is the workspace's folder, by default the one that this code belongs to. `configMayBeMissing` is for whoever brings
 * the config.yaml: until then its text is empty.
 * @throws {InputError} with all problems of environment.yaml, and of finding and reading config.yaml
 */
export function loadEnvironment(
  nameOrDirectory: string,
  options: { readonly root?: string; readonly configMayBeMissing?: boolean } = {},
): Environment {
  const { root = workspaceRoot(), configMayBeMissing = false } = options;
  const byPath = isPath(nameOrDirectory);
  const directory = directoryOf(nameOrDirectory, root);
  const file = join(directory, FILE_NAME);
  const document = { ...naming(file, root, () => readDocument(file)), file: displayed(file, root) };
  const folder = basename(directory);
  const nameIn = ({ namespace }: { readonly namespace: string }): string =>
    byPath && dirname(directory) !== join(root, FOLDER) ? fittingName(folder, namespace) : folder;

  const { value, problems } = checkEnvironment(document, nameIn);
  const found = [...problems];
  const config = value?.proxy.config ?? configOf(document.value);
  const litellmConfig =
    config === undefined
      ? undefined
      : collect(found, () => readConfig(resolve(directory, config), root, configMayBeMissing));
  if (value === undefined || litellmConfig === undefined) throw new InputError(found);
  const name = nameIn(value);
  if (name !== folder) found.push(renamed(document.file, folder, name));
  return { ...value, name, directory, file, litellmConfig, warnings: found };
}

/** Names of all environments: the folders under `environments/` that hold an environment.yaml, sorted. */
export function environmentNames(root: string = workspaceRoot()): string[] {
  const folder = join(root, FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, FILE_NAME)))
    .map((entry) => entry.name)
    .sort();
}

function isPath(nameOrDirectory: string): boolean {
  return /[\\/]/.test(nameOrDirectory) || nameOrDirectory === '.' || nameOrDirectory === '..';
}

function directoryOf(nameOrDirectory: string, root: string): string {
  const directory = isPath(nameOrDirectory) ? resolve(nameOrDirectory) : join(root, FOLDER, nameOrDirectory);
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

/** The file that proxy.config names, of an environment.yaml with other mistakes. */
function configOf(file: unknown): string | undefined {
  const { proxy } = file as { readonly proxy?: { readonly config?: unknown } | null };
  const config = proxy?.config ?? './config.yaml';
  return typeof config === 'string' ? config : undefined;
}

function renamed(file: string, folder: string, name: string): Problem {
  return {
    file,
    path: '',
    message: `the folder's name "${folder}" is no environment's`,
    hint: `it goes by "${name}"`,
    severity: 'warning',
  };
}

function readConfig(file: string, root: string, mayBeMissing: boolean): LiteLlmConfigFile {
  const text = mayBeMissing && !existsSync(file) ? '' : naming(file, root, () => readText(file));
  return { file, text, sha256: createHash('sha256').update(text, 'utf8').digest('hex') };
}

/** Has the problems of a step name the file as people do. */
function naming<T>(file: string, root: string, step: () => T): T {
  try {
    return step();
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
