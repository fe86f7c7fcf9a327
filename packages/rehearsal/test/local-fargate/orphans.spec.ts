import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { openRunFolder } from '../../src/local-fargate/run/run-folder';
import { isRunning, until } from './processes';
import { scratchFolder } from './scratch';

jest.setTimeout(60_000);

interface Lab {
  readonly process: ChildProcess;
  readonly root: string;
  readonly runFolder: string;
  /** The container's first process, and a daemon that it left behind. */
  readonly container: readonly number[];
  readonly supervisor: number;
}

const folders: ReturnType<typeof scratchFolder>[] = [];
const labs: Lab[] = [];
afterAll(() => {
  for (const lab of labs)
    for (const pid of [...lab.container, lab.supervisor]) if (isRunning(pid)) process.kill(pid, 'SIGKILL');
  for (const folder of folders) folder.remove();
});

/** Starts a lab in a process of its own and waits until its container has a daemon. */
async function startLab(): Promise<Lab> {
  const folder = scratchFolder();
  folders.push(folder);
  const child = spawn(process.execPath, ['--require', 'tsx/cjs', join(__dirname, 'lab-process.ts'), folder.path], {
    // A process group of its own, as a shell gives to a command: Ctrl-C goes to the group.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: __dirname,
  });
  const log = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  const words = (): string => (existsSync(log) ? readFileSync(log, 'utf8') : '');
  await until('the container has its daemon', () => /main \d+/.test(words()) && /daemon \d+/.test(words()));
  const container = [...words().matchAll(/(?:main|daemon) (\d+)/g)].map(([, pid]) => Number(pid));
  const supervisor = Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(container[0])]).toString());
  const lab = { process: child, root: folder.path, runFolder: dirname(dirname(log)), container, supervisor };
  labs.push(lab);
  return lab;
}

const ended = ({ process: child }: Lab): Promise<void> =>
  until('the lab has ended', () => child.exitCode !== null || child.signalCode !== null);
const groupOf = ({ process: child }: Lab): number => -(child.pid ?? 0);

describe('when the lab ends without having stopped its tasks', () => {
  it.each<[string, (lab: Lab) => void]>([
    ['by kill -9', ({ process: child }) => child.kill('SIGKILL')],
    ['by kill -9 to its whole process group', (lab) => process.kill(groupOf(lab), 'SIGKILL')],
    ['by Ctrl-C', (lab) => process.kill(groupOf(lab), 'SIGINT')],
    ['by SIGTERM', ({ process: child }) => child.kill('SIGTERM')],
    ['by a crash', ({ process: child }) => child.stdin?.write('crash\n')],
  ])('%s, nothing stays behind', async (_how, end) => {
    const lab = await startLab();
    end(lab);
    await ended(lab);
    await until('all its processes are gone', () => ![...lab.container, lab.supervisor].some(isRunning));
  });
});

describe('when the supervisor of a task is killed', () => {
  it('the lab itself kills what it watched over', async () => {
    const lab = await startLab();
    process.kill(lab.supervisor, 'SIGKILL');
    await until('all its processes are gone', () => !lab.container.some(isRunning));
    lab.process.kill('SIGKILL');
  });

  it('together with the lab, the next lab in the same folder clears up', async () => {
    const lab = await startLab();
    process.kill(lab.process.pid ?? 0, 'SIGSTOP');
    process.kill(lab.supervisor, 'SIGKILL');
    lab.process.kill('SIGKILL');
    await ended(lab);
    expect(lab.container.every(isRunning)).toBe(true);

    (await openRunFolder(lab.root)).release();
    expect(lab.container.some(isRunning)).toBe(false);
    expect(readdirSync(join(lab.runFolder, 'example-1')).sort()).toEqual([
      'main.log',
      'rewritings.log',
      'supervisor.log',
    ]);
  });
});

describe('a lab that lives', () => {
  it('is left alone by another one in the same folder', async () => {
    const lab = await startLab();
    (await openRunFolder(lab.root)).release();
    expect(lab.container.every(isRunning)).toBe(true);
    lab.process.kill('SIGKILL');
    await until('all its processes are gone', () => !lab.container.some(isRunning));
  });
});
