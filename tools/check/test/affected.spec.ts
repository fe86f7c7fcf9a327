import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Edit } from '../src/edit';
import type { Answer } from '../src/tell-reruns';
import { cloneWorkspace, root } from './clone';
import { table, type Row } from './edits';
import { projectsNamed } from './projects-named';

jest.setTimeout(180_000);

let work: string;
let clone: string;
let answer: Answer;

beforeAll(() => {
  work = realpathSync(mkdtempSync(join(tmpdir(), 'loadlab-affected-')));
  clone = join(work, 'clone');
  cloneWorkspace(clone);
  answer = askNx(table);
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

/** Variables without what people set for their own runs. */
function onClone(): NodeJS.ProcessEnv {
  const settings = { NX_DAEMON: 'false', NX_ISOLATE_PLUGINS: 'false', NX_NO_CLOUD: 'true', PATH: machine('1.11.4') };
  const theirs = /^(?:LOADLAB_|NX_|CHROMIUM_PATH$|TERRAFORM_BINARY_NAME$)/;
  const kept = Object.entries(process.env).filter(([name]) => !theirs.test(name));
  return { ...Object.fromEntries(kept), ...settings };
}

const onMachine = (edit: Edit, terraform: string): Edit => ({
  ...edit,
  variables: { ...edit.variables, PATH: machine(terraform) },
});

/** All edits in one process: Nx takes a second to load, and a fifth of one to hash everything. */
function askNx(rows: readonly Row[]): Answer {
  const printed = execFileSync(process.execPath, ['--import', 'tsx', join(root, 'tools/check/src/tell-reruns.ts')], {
    cwd: clone,
    input: JSON.stringify(
      rows.map(({ edit, terraform }) => (terraform === undefined ? edit : onMachine(edit, terraform))),
    ),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: onClone(),
  });
  return JSON.parse(printed.trimEnd().split('\n').at(-1) ?? '') as Answer;
}

const expected = (row: Row): string[] =>
  (['lint', 'typecheck', 'test', 'synth'] as const)
    .flatMap((target) => projectsNamed(row[target] ?? [], target, answer).map((project) => `${project}:${target}`))
    .sort();

describe.each(table.map((row, index) => ({ ...row, index })))('$what', (row) => {
  it('runs anew what it must, and nothing else', () => {
    expect([...(answer.told[row.index]?.anew ?? [])].sort()).toEqual(expected(row));
  });

  // Nx judges whole projects, so it may call more affected than the cache then finds changed; never less.
  it('is seen by nx affected', () => {
    const affected = new Set(answer.told[row.index]?.affected);
    if (Object.keys(row.edit.files).length === 0) return;
    expect(expected(row).filter((id) => !affected.has(id.slice(0, id.indexOf(':'))))).toEqual([]);
  });
});

/** What Nx really does, seen for a few edits: the same clone, a real cache; only the slow programs do nothing. */
(process.env.LOADLAB_TEST_FULL === '1' ? describe : describe.skip)('a real run', () => {
  const shown = [
    ...["a stack's README", "a stack's construct", 'an output more in a contract', 'a comment in a contract'],
    ...["the mock upstream's source", 'the environment of another stage'],
  ];
  const rows = table.filter(({ what }) => shown.includes(what));

  beforeAll(() => {
    for (const program of ['eslint', 'tsc', 'jest']) {
      const file = join(clone, 'node_modules/.bin', program);
      rmSync(file);
      writeFileSync(file, '#!/bin/sh\n', { mode: 0o755 });
    }
    misses();
  });

  /** Runs everything, and says what the cache did not answer. */
  function misses(): string[] {
    const nx = join(clone, 'node_modules/.bin/nx');
    const targets = ['lint', 'typecheck', 'test', 'synth'];
    // A contract that promises what nobody publishes fails to synthesize: that is anew, too.
    spawnSync(nx, ['run-many', '-t', ...targets], { cwd: clone, stdio: 'ignore', env: onClone() });
    const { tasks } = JSON.parse(readFileSync(join(clone, '.nx/cache/run.json'), 'utf8')) as {
      tasks: { taskId: string; target: string; cacheStatus: string }[];
    };
    return tasks
      .filter(({ target, cacheStatus }) => targets.includes(target) && cacheStatus === 'cache-miss')
      .map(({ taskId }) => taskId)
      .sort();
  }

  it('without an edit runs nothing anew', () => {
    expect(misses()).toEqual([]);
  });

  it.each(rows)('after an edit of $what runs anew what was told', (row) => {
    const changed = Object.entries(row.edit.files).map(
      ([file, content]) => [join(clone, file), content ?? ''] as const,
    );
    const before = changed.map(([file]) => [file, readFileSync(file, 'utf8')] as const);
    for (const [file, content] of changed) writeFileSync(file, content);
    expect(misses()).toEqual(expected(row));
    for (const [file, content] of before) writeFileSync(file, content);
    expect(misses()).toEqual([]);
  });
});
