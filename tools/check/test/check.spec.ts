import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

jest.setTimeout(60_000);

const tools = join(__dirname, '../..');

/** `npm test` in a folder of its own, with stand-ins for the programs that it runs. */
class Checkout {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'loadlab check ü-')));
  output = '';

  constructor(programs: Readonly<Partial<Record<'nx' | 'prettier' | 'knip', string>>>) {
    cpSync(join(tools, 'check'), join(this.folder, 'tools/check'), {
      recursive: true,
      filter: (file) => !/node_modules|out-tsc|\/(?:src|test)$/.test(file),
    });
    cpSync(join(tools, 'setup/lock.js'), join(this.folder, 'tools/setup/lock.js'));
    const quiet = { prettier: '', knip: '', ...programs };
    for (const [name, script] of Object.entries(quiet))
      this.write(`node_modules/.bin/${name}`, `#!/bin/sh\n${script}\n`, 0o755);
  }

  write(file: string, text: string, mode = 0o644): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
    chmodSync(join(this.folder, file), mode);
  }

  start(): ChildProcess {
    const child = spawn(process.execPath, [join(this.folder, 'tools/check/check.js')], { cwd: this.folder });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    return child;
  }

  async check(): Promise<number | null> {
    return ended(this.start());
  }
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('close', (status) => resolve(status)));

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 50) {
    if (waited > 30_000) throw new Error('it did not come to pass within 30 s');
    await sleep(50);
  }
}

/** What Nx and Jest leave behind. */
function leaving(
  tasks: readonly { id: string; status: number }[],
  reports: Readonly<Record<string, object>>,
  status = 0,
): string {
  const run = tasks.map(({ id, status: ended }) => {
    const [projectName, target] = id.split(':');
    return { taskId: id, projectName, target, status: ended };
  });
  const files = Object.entries(reports).map(
    ([name, report]) => `echo '${JSON.stringify(report)}' > reports/tests/${name}.json`,
  );
  return [
    'mkdir -p .nx/cache reports/tests',
    `echo '${JSON.stringify({ tasks: run })}' > .nx/cache/run.json`,
    ...files,
    `exit ${status}`,
  ].join('\n');
}

const report = (counts: object): object => ({
  passed: 0,
  failed: 0,
  skipped: 0,
  failedSuites: [],
  skippedTests: [],
  ...counts,
});

let checkout: Checkout;
afterEach(() => rmSync(checkout.folder, { recursive: true, force: true }));

describe('the closing line', () => {
  const judged = [
    { id: 'network:lint', status: 0 },
    { id: 'network:typecheck', status: 0 },
  ];

  it('adds up tests, judgements, format and dead code', async () => {
    checkout = new Checkout({
      nx: leaving([...judged, { id: 'network:test', status: 0 }], { network: report({ passed: 40 }) }),
    });
    expect(await checkout.check()).toBe(0);
    expect(lastLine(checkout.output)).toBe('44 passed, 0 failed');
  });

  it('says what was skipped, and above it which tests those are', async () => {
    const skipping = report({ passed: 5, skipped: 1, skippedTests: ['a.spec.ts: needs PostgreSQL'] });
    checkout = new Checkout({ nx: leaving([{ id: 'network:test', status: 0 }], { network: skipping }) });
    expect(await checkout.check()).toBe(0);
    expect(checkout.output).toContain('skipped: a.spec.ts: needs PostgreSQL');
    expect(lastLine(checkout.output)).toBe('7 passed, 0 failed, 1 skipped');
  });

  it.each([
    [
      'a failed test',
      {
        nx: leaving(
          [{ id: 'network:test', status: 1 }],
          { network: report({ passed: 4, failed: 1, failedSuites: ['a.spec.ts'] }) },
          1,
        ),
      },
      'failed: a.spec.ts',
    ],
    [
      'a failed judgement',
      {
        nx: leaving(
          [
            { id: 'network:lint', status: 1 },
            { id: 'network:test', status: 0 },
          ],
          { network: report({ passed: 4 }) },
          1,
        ),
      },
      'failed: network:lint',
    ],
    [
      'tests that left no report',
      { nx: leaving([{ id: 'network:test', status: 0 }], {}) },
      'no report of its tests was written',
    ],
    [
      'a crash that no test shows',
      { nx: leaving([{ id: 'network:test', status: 1 }], { network: report({ passed: 4 }) }, 1) },
      'for a reason that no test shows',
    ],
    [
      'Nx itself',
      { nx: leaving([{ id: 'network:test', status: 0 }], { network: report({ passed: 4 }) }, 1) },
      '1 failed',
    ],
    ['an Nx that does not start', { nx: 'echo broken >&2; exit 1' }, 'failed: nx, before it ran a task'],
    [
      'the format',
      {
        nx: leaving([{ id: 'network:test', status: 0 }], { network: report({ passed: 4 }) }),
        prettier: 'echo "[warn] a.ts"; exit 1',
      },
      '[warn] a.ts',
    ],
  ])('counts %s', async (_what, programs, words) => {
    checkout = new Checkout(programs);
    expect(await checkout.check()).toBe(1);
    expect(checkout.output).toContain(words);
    expect(lastLine(checkout.output)).toMatch(/^\d+ passed, 1 failed$/);
  });

  it('is no success when nothing was tested', async () => {
    checkout = new Checkout({ nx: leaving([{ id: 'network:lint', status: 0 }], {}) });
    expect(await checkout.check()).toBe(1);
  });
});

it.each([
  ['SIGINT', 'what ends when it is asked to', ''],
  ['SIGTERM', 'what does not', 'trap "" INT; '],
] as const)('%s ends everything: %s, and what has left for a session of its own', async (name, _what, deaf) => {
  checkout = new Checkout({
    nx: `setsid sh -c 'echo $$ > far; exec sleep 300' & ${deaf}echo $$ > near; sleep 300 & wait`,
  });
  const child = checkout.start();
  const files = ['far', 'near'].map((one) => join(checkout.folder, one));
  await until(() => files.every((file) => existsSync(file) && readFileSync(file, 'utf8') !== ''));
  const end = ended(child);
  child.kill(name);
  expect(await end).toBe(130);
  expect(checkout.output).not.toMatch(/passed/);
  await until(() => files.every((file) => !existsSync(`/proc/${Number(readFileSync(file, 'utf8'))}`)));
  expect(existsSync(join(checkout.folder, '.loadlab/check.lock'))).toBe(false);
});

it('waits, with a word, for another one in the same folder', async () => {
  const nx = `[ -e busy ] && exit 9; touch busy; sleep 1; rm busy\n${leaving([{ id: 'network:test', status: 0 }], { network: report({ passed: 1 }) })}`;
  checkout = new Checkout({ nx });
  const [one, two] = await Promise.all([checkout.check(), checkout.check()]);
  expect([one, two]).toEqual([0, 0]);
  expect(checkout.output).toMatch(/npm test: waiting for another npm test in this folder \(process \d+\)/);
});
