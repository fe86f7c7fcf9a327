/**
 * Runs cached tasks and lists the files of the repository that they opened although Nx does not take them for inputs: a change in one
 * of those would be answered from the cache, wrongly. Needs Linux and strace; all tasks take as long as `npm test` from nothing.
 *
 *   npm run check:inputs [-- project:target …]
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { basename, delimiter, join, relative } from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';
import { declaredFiles, readGraph } from './hash-tasks';
import { openedFiles } from './opened-files';

const TARGETS = ['lint', 'typecheck', 'contract', 'synth', 'test'];

/**
 * Opened by every loader on its way up from a file that it loads, and none of them changes what comes out: the nearest package.json
 * counts, which is the project's own; TypeScript's settings of a project are its own, too.
 */
const LOOKED_AT = new Set(['package.json', 'tsconfig.json', 'tools/check/package.json']);

/** Copies the repository for Nx to look at; what decides its outcome is declared. */
const COPIES = 'check:test';

async function main(wanted: readonly string[]): Promise<void> {
  const root = process.cwd();
  process.env.PATH = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard']).toString();
  const ours = new Set(listed.split('\0').filter((file) => file !== ''));
  const graph = await readGraph();
  let undeclared = 0;
  for (const { name, data } of Object.values(graph.nodes)) {
    for (const target of TARGETS) {
      const id = `${name}:${target}`;
      const task = data.targets?.[target];
      if (task === undefined || id === COPIES || (wanted.length > 0 && !wanted.includes(id))) continue;
      const folder = join(root, data.root);
      if (target === 'typecheck') makeReferences(task, folder);
      const run = openedFiles(commandOf(task), folder);
      const declared = await declaredFiles(graph, name, target);
      const missing = [...run.files]
        .map((file) => relative(root, file))
        .filter((file) => ours.has(file) && !declared.has(file) && !LOOKED_AT.has(file))
        .filter((file) => !(basename(file) === 'contract.ts' && readsContracts(task)))
        .sort();
      undeclared += missing.length;
      console.log(`${id}: ${missing.length === 0 ? 'all inputs are declared' : 'reads, undeclared:'}`);
      for (const file of missing) console.log(`  ${file}`);
      if (run.status !== 0)
        console.log(`  and ended with ${String(run.status)}: what it would have read then is not known`);
    }
  }
  process.exit(undeclared === 0 ? 0 : 1);
}

const commandOf = (task: TargetConfiguration): string => (task.options as { command: string }).command;

/** Those see another stack's contract as that one's task `contract` wrote it. */
const readsContracts = (task: TargetConfiguration): boolean => JSON.stringify(task.inputs).includes('dist/contract.js');

/** `tsc --build` makes what it refers to; here it shall find that made, as it does when Nx runs it, and look at this project alone. */
function makeReferences(task: TargetConfiguration, folder: string): void {
  spawnSync('sh', ['-c', commandOf(task)], { cwd: folder, stdio: 'ignore' });
  rmSync(join(folder, 'out-tsc'), { recursive: true, force: true });
}

void main(process.argv.slice(2));
