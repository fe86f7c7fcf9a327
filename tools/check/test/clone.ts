import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The root of this repository. */
export const root = resolve(__dirname, '../../..');

/** A clone of the working folder as it is now, changes that are not yet committed included, with the same npm packages. */
export function cloneWorkspace(folder: string): void {
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const file of files.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(root, file), join(folder, file));
  }
  linkPackages(folder);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'core.hooksPath=/dev/null', ...args], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '--all');
  git(
    '-c',
    'user.name=Test',
    '-c',
    'user.email=test@localhost',
    'commit',
    '--quiet',
    '--no-gpg-sign',
    '--message',
    'clone',
  );
}

/** Links each npm package; the workspace's own are linked by relative paths, which lead into the clone. */
function linkPackages(folder: string): void {
  for (const modules of ['node_modules', ...nestedModules()]) {
    const [from, to] = [join(root, modules), join(folder, modules)];
    mkdirSync(to, { recursive: true });
    for (const entry of readdirSync(from)) {
      if (entry === '.cache') continue;
      // A test may put other programs into this one.
      if (entry === '.bin' || entry === '@loadlab') execFileSync('cp', ['-a', join(from, entry), to]);
      else symlinkSync(join(from, entry), join(to, entry));
    }
  }
}

function nestedModules(): string[] {
  return ['apps', 'packages', 'tools'].flatMap((group) =>
    readdirSync(join(root, group))
      .map((project) => join(group, project, 'node_modules'))
      .filter((modules) => existsSync(join(root, modules))),
  );
}
