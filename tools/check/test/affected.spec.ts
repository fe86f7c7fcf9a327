import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Edit } from '../src/edit';
import type { Reruns } from '../src/tell-reruns';
import { cloneWorkspace, root } from './clone';
import { table, type Row } from './edits';

jest.setTimeout(180_000);

let work: string;
let clone: string;
let told: readonly Reruns[];

beforeAll(() => {
  work = realpathSync(mkdtempSync(join(tmpdir(), 'loadlab-affected-')));
  clone = join(work, 'clone');
  cloneWorkspace(clone);
  told = askNx(table);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** A folder for the PATH in which each program that Nx asks for its version answers at once. */
function machine(version: string): string {
  const folder = join(work, `bin-${version}`);
  mkdirSync(folder, { recursive: true });
  for (const program of ['terraform', 'chromium']) {
    writeFileSync(join(folder, program), `#!/bin/sh\necho ${program} ${version}\n`);
    chmodSync(join(folder, program), 0o755);
  }
  return [folder, join(clone, 'node_modules/.bin'), process.env.PATH].join(delimiter);
}

const onMachine = (edit: Edit, terraform: string): Edit => ({
  ...edit,
  variables: { ...edit.variables, PATH: machine(terraform) },
});

/** All edits in one process: Nx takes a second to load, and a fifth of one to hash everything. */
function askNx(rows: readonly Row[]): readonly Reruns[] {
  const {
    LOADLAB_ENVIRONMENT: _environment,
    LOADLAB_TEST_FULL: _full,
    LOADLAB_TEST_SEED: _seed,
    ...variables
  } = process.env;
  const printed = execFileSync(process.execPath, ['--import', 'tsx', join(root, 'tools/check/src/tell-reruns.ts')], {
    cwd: clone,
    input: JSON.stringify(
      rows.map(({ edit, terraform }) => (terraform === undefined ? edit : onMachine(edit, terraform))),
    ),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: {
      ...variables,
      PATH: machine('1.11.4'),
      NX_DAEMON: 'false',
      NX_ISOLATE_PLUGINS: 'false',
      NX_NO_CLOUD: 'true',
    },
  });
  const { told } = JSON.parse(printed.trimEnd().split('\n').at(-1) ?? '') as { told: Reruns[] };
  return told;
}

const expected = (row: Row): string[] =>
  (['lint', 'typecheck', 'test', 'synth'] as const)
    .flatMap((target) => (row[target] ?? []).map((project) => `${project}:${target}`))
    .sort();

describe.each(table.map((row, index) => ({ ...row, index })))('$what', (row) => {
  it('runs anew what it must, and nothing else', () => {
    expect([...(told[row.index]?.anew ?? [])].sort()).toEqual(expected(row));
  });

  // Nx judges whole projects, so it may call more affected than the cache then finds changed; never less.
  it('is seen by nx affected', () => {
    const affected = new Set(told[row.index]?.affected);
    if (Object.keys(row.edit.files).length === 0) return;
    expect(expected(row).filter((id) => !affected.has(id.slice(0, id.indexOf(':'))))).toEqual([]);
  });
});
