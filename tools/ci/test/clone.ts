import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { workspaceRoot } from '@loadlab/foundation';

const root = workspaceRoot();
/** Made by the set-up, and found ready by a clone that is set up again. */
const PYTHON = ['.venv', '.venv-moto', '.venv-checkov'];

/** Git in a clone, as somebody without settings of their own. */
export function git(folder: string, ...args: readonly string[]): string {
  const person = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost', '-c', 'core.hooksPath=/dev/null'];
  return execFileSync('git', [...person, ...args], { cwd: folder, encoding: 'utf8' }).trim();
}

/** A clone of the working folder as it is now, uncommitted changes included, on branch main, set up with the same packages. */
export function cloneWorkspace(folder: string): void {
  const listed = git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard');
  for (const file of listed.split('\0').filter((name) => name !== '' && existsSync(path.join(root, name)))) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    copyFileSync(path.join(root, file), path.join(folder, file));
  }
  for (const modules of [...nestedModules(), 'node_modules']) linkEntries(modules, folder);
  for (const name of PYTHON.filter((environment) => existsSync(path.join(root, environment))))
    symlinkSync(path.join(root, name), path.join(folder, name));
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--no-gpg-sign', '--message', 'clone');
}

/** Links each npm package; the workspace's own are linked by relative paths, which lead into the clone. */
function linkEntries(modules: string, folder: string): void {
  const [from, to] = [path.join(root, modules), path.join(folder, modules)];
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from).filter((name) => name !== '.cache')) {
    if (entry === '@loadlab')
      cpSync(path.join(from, entry), path.join(to, entry), { recursive: true, verbatimSymlinks: true });
    else if (entry === '.loadlab-setup') copyFileSync(path.join(from, entry), path.join(to, entry));
    else symlinkSync(path.join(from, entry), path.join(to, entry));
  }
}

function nestedModules(): string[] {
  return ['packages', 'apps', 'tools']
    .flatMap((parent) => readdirSync(path.join(root, parent)).map((name) => path.join(parent, name)))
    .flatMap((folder) => [folder, path.join(folder, 'infra')])
    .map((folder) => path.join(folder, 'node_modules'))
    .filter((folder) => existsSync(path.join(root, folder)));
}
