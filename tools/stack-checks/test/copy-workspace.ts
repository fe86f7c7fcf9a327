import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What the stacks are made from, and nothing else: what Nx takes for the lab's inputs (`lab` in nx.json) has to do. */
const SOURCES = [
  ...['foundation', 'fargate', 'network', 'database', 'proxy-service', 'state-backend'].map(
    (name) => `packages/${name}`,
  ),
  ...['loadtest', 'mock-openai'].map((name) => `apps/${name}`),
  'tools/setup',
  'environments',
  'main.ts',
  'cdktf.json',
  'nx.json',
  'package.json',
  'tsconfig.base.json',
];
/** What is made from the sources, what npm installs, and what only tests and people read. */
const LEFT_OUT =
  /^(?:node_modules|out-tsc|cdktf\.out|dist|\.terraform-state|test|bench|__snapshots__|.*\.spec\.ts|.*\.md|jest\.config\.js|tsconfig\.json)$/;

/** A checkout of what is in the working folder now, with the same packages installed and nothing built or kept yet. */
export function copyWorkspace(root: string, copy: string): void {
  for (const source of SOURCES) {
    cpSync(join(root, source), join(copy, source), {
      recursive: true,
      filter: (path) => !LEFT_OUT.test(basename(path)),
    });
  }
  linkEntries(join(root, 'node_modules'), join(copy, 'node_modules'), ['.cache', '@loadlab']);
  // npm links the workspace's own packages by relative paths: the same links lead into the copy.
  cpSync(join(root, 'node_modules', '@loadlab'), join(copy, 'node_modules', '@loadlab'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  for (const folder of ['packages', 'apps']) {
    for (const project of readdirSync(join(root, folder))) {
      const installed = join(root, folder, project, 'node_modules');
      if (readdirSync(join(root, folder, project)).includes('node_modules')) {
        linkEntries(installed, join(copy, folder, project, 'node_modules'), []);
      }
    }
  }
}

function linkEntries(from: string, to: string, without: readonly string[]): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from).filter((name) => !without.includes(name))) {
    symlinkSync(join(from, entry), join(to, entry));
  }
}
