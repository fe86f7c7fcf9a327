import { InputError, type ContainerDefinition } from '@loadlab/foundation';
import { existsSync, readFileSync } from 'node:fs';
import type { LocalTask, TaskStop, TaskSurroundings } from '../../src/local-fargate';
import { isRunning, until } from './processes';
import { openScratchLab, type ScratchLab } from './scratch';
import { nodeContainer, taskOf } from './task-definitions';

jest.setTimeout(60_000);

const STAY = 'setInterval(() => {}, 1000);';
/** Says that it is up, and ends properly when asked to. */
const SERVE = `process.on('SIGTERM', () => { console.log('bye'); process.exit(0); }); console.log('up'); ${STAY}`;

let lab: ScratchLab;
beforeEach(async () => {
  lab = await openScratchLab();
});
afterEach(() => lab.close());

type Program = readonly [ContainerDefinition, string];

/** Starts a task of containers with their programs. */
function run(programs: readonly Program[], surroundings: Partial<TaskSurroundings> = {}): Promise<LocalTask> {
  const files = Object.fromEntries(programs.map(([{ name }, code]) => [`${name}.js`, code]));
  return lab.fargate.startTask({
    taskDefinition: taskOf(...programs.map(([container]) => container)),
    surroundings: { volumes: { app: { files } }, ...surroundings },
  });
}

const logOf = (task: LocalTask, container: string): string =>
  existsSync(task.logFile(container)) ? readFileSync(task.logFile(container), 'utf8') : '';
const untilLogged = (task: LocalTask, container: string, text: string): Promise<void> =>
  until(`${container} logs "${text}"`, () => logOf(task, container).includes(text));
/** The order in which containers started or stopped. */
const orderOf = (kind: 'container-started' | 'container-stopped'): string[] =>
  lab.events.flatMap((event) => (event.kind === kind ? [event.container] : []));

describe('a task', () => {
  it('ends with its essential container, whose exit code and last words it reports', async () => {
    const task = await run([
      [nodeContainer('main'), 'setTimeout(() => { throw new Error("no such setting"); }, 50);'],
      [nodeContainer('helper', { essential: false }), STAY],
    ]);
    const stop = await task.stopped;
    expect(stop).toMatchObject({
      code: 'EssentialContainerExited',
      reason: 'Essential container in task exited: "main" exit code 1: Error: no such setting',
      containers: [
        { name: 'main', exitCode: 1 },
        { name: 'helper', signal: 'SIGTERM' },
      ],
    });
  });

  it('goes on when a container ends that is not essential', async () => {
    const task = await run([
      [nodeContainer('main'), SERVE],
      [nodeContainer('helper', { essential: false }), 'process.exit(7);'],
    ]);
    await until('the helper has ended', () => orderOf('container-stopped').includes('helper'));
    expect(task.lastStatus).toBe('RUNNING');
  });

  it('writes what a container prints to its log, output and errors in order', async () => {
    const task = await run([
      [nodeContainer('main'), 'console.log("one"); console.error("two"); console.log("three");'],
    ]);
    await task.stopped;
    expect(logOf(task, 'main')).toBe('one\ntwo\nthree\n');
  });

  it('asks with SIGTERM and takes yes for an answer', async () => {
    const task = await run([[nodeContainer('main'), SERVE]]);
    await untilLogged(task, 'main', 'up');
    expect((await task.stop('enough')).containers).toEqual([{ name: 'main', exitCode: 0 }]);
    expect(logOf(task, 'main')).toContain('bye');
  });

  it('kills what does not heed SIGTERM within its stopTimeout', async () => {
    const deaf = `process.on('SIGTERM', () => console.log('no')); console.log('up'); ${STAY}`;
    const task = await run([[nodeContainer('main', { stopTimeout: 0 }), deaf]]);
    await untilLogged(task, 'main', 'up');
    expect((await task.stop('enough')).containers).toEqual([{ name: 'main', signal: 'SIGKILL' }]);
  });

  it('leaves nothing of a container behind that its first process did not end', async () => {
    const forks = `
      const { spawn } = require('child_process');
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
      console.log('child ' + child.pid); child.unref();`;
    const task = await run([[nodeContainer('main'), forks]]);
    await task.stopped;
    const pid = Number(/child (\d+)/.exec(logOf(task, 'main'))?.[1]);
    expect(isRunning(pid)).toBe(false);
  });

  it('starts containers when their dependencies allow it, and stops them the other way round', async () => {
    const check = {
      command: ['CMD', 'node', '/mnt/app/check.js'],
      interval: 0.1,
      timeout: 5,
      retries: 3,
      startPeriod: 0,
    };
    const task = await run([
      [nodeContainer('last', { dependsOn: [{ containerName: 'server', condition: 'HEALTHY' }] }), SERVE],
      [
        nodeContainer('server', { healthCheck: check, dependsOn: [{ containerName: 'init', condition: 'SUCCESS' }] }),
        SERVE,
      ],
      [nodeContainer('init', { essential: false }), 'process.exit(0);'],
      [nodeContainer('check', { essential: false }), 'process.exit(0);'],
    ]);
    await untilLogged(task, 'last', 'up');
    await task.stop('enough');
    expect(orderOf('container-started').filter((name) => name !== 'check')).toEqual(['init', 'server', 'last']);
    expect(orderOf('container-stopped').slice(-2)).toEqual(['last', 'server']);
  });

  it.each<[string, Partial<ContainerDefinition>, string, RegExp]>([
    [
      'a dependency fails',
      { dependsOn: [{ containerName: 'init', condition: 'SUCCESS' }] },
      'process.exit(3);',
      /"main" cannot start: "init" did not end with 0/,
    ],
    [
      'there is no such program',
      { command: ['no-such-program'] },
      STAY,
      /"main" did not start: spawn no-such-program ENOENT/,
    ],
  ])('fails to start when %s', async (_what, main, init, reason) => {
    const task = await run([
      [nodeContainer('main', main), SERVE],
      [nodeContainer('init', { essential: false }), init],
    ]);
    const stop: TaskStop = await task.stopped;
    expect(stop).toMatchObject({ code: 'TaskFailedToStart', reason: expect.stringMatching(reason) as unknown });
  });

  it('reports the health that its checks find, run as the container itself', async () => {
    const healthCheck = {
      command: ['CMD-SHELL', 'node -e "process.exit(process.env.WELL === \'yes\' ? 0 : 1)"'],
      interval: 0.1,
      timeout: 5,
      retries: 2,
      startPeriod: 0,
    };
    const with_ = (value: string): ContainerDefinition =>
      nodeContainer('main', { healthCheck, environment: [{ name: 'WELL', value }] });
    const well = await run([[with_('yes'), SERVE]]);
    const ill = await run([[with_('no'), SERVE]]);
    await until('both are judged', () => well.health !== 'UNKNOWN' && ill.health !== 'UNKNOWN');
    expect([well.health, ill.health]).toEqual(['HEALTHY', 'UNHEALTHY']);
  });

  it('gives its containers read-only volumes and a clean environment', async () => {
    process.env.LOADLAB_TEST_LEAK = 'leaked';
    const look = `
      const fs = require('fs'); const path = require('path');
      const mode = (file) => (fs.statSync(file).mode & 0o777).toString(8);
      console.log(mode(__filename), mode(path.dirname(__filename)), process.env.LOADLAB_TEST_LEAK, process.env.KEY);`;
    const container = nodeContainer('main', { secrets: [{ name: 'KEY', valueFrom: 'arn:key' }] });
    const task = await run([[container, look]], { secret: (id) => (id === 'arn:key' ? 's3cret' : undefined) });
    await task.stopped;
    delete process.env.LOADLAB_TEST_LEAK;
    expect(logOf(task, 'main')).toBe('444 555 undefined s3cret\n');
  });
});

describe('a task that cannot run here', () => {
  it.each<[string, Partial<ContainerDefinition>, RegExp]>([
    [
      'a secret has no value',
      { secrets: [{ name: 'KEY', valueFrom: 'arn:key' }] },
      /main\.secrets\.KEY +ResourceInitializationError: unable to pull secrets: arn:key is not in the local store/,
    ],
    ['nothing stands for its image', { image: 'redis:7' }, /main\.image .*redis:7/],
    [
      'its port cannot be moved',
      { portMappings: [{ containerPort: 8080, protocol: 'tcp' }] },
      /port 8080 stands nowhere/,
    ],
    [
      'the task has no such volume',
      { mountPoints: [{ sourceVolume: 'data', containerPath: '/d', readOnly: true }] },
      /no volume "data"/,
    ],
  ])('is refused before anything starts: %s', async (_what, main, message) => {
    const refused = run([[nodeContainer('main', main), SERVE]]);
    await expect(refused).rejects.toThrow(InputError);
    await expect(refused).rejects.toThrow(message);
    expect(lab.events).toEqual([]);
  });

  it('is refused when nothing stands for a volume', async () => {
    await expect(run([[nodeContainer('main'), SERVE]], { volumes: {} })).rejects.toThrow(
      /failed to mount the volume "app": nothing stands for it here/,
    );
  });
});
