import { virtualClock } from '../../test/virtual-clock';
import type { Answers, Question } from '../probe/answer';
import { awaitReady } from './await-ready';
import type { AwaitReady } from './step';
import type { Tasks, TaskState } from './tasks';

const NEW = 'arn:aws:ecs:us-east-1:123456789012:task-definition/lab-litellm:8';
const OLD = NEW.replace(':8', ':7');
const step: AwaitReady = {
  step: 'awaitReady',
  cluster: 'lab',
  service: 'lab-litellm',
  taskDefinition: NEW,
  probeFunction: 'lab-probe',
  port: 4000,
  path: '/health/readiness',
};

const task = (privateIp: string, taskDefinition = NEW): TaskState => ({
  arn: `arn:aws:ecs:us-east-1:123456789012:task/lab/${privateIp}`,
  taskDefinition,
  status: 'RUNNING',
  stoppedReason: '',
  exitCodes: new Map(),
  reasons: new Map(),
  privateIp,
});

type Status = readonly [number, string];

/** Tasks that each answer these in turn, the last one for good. */
async function check(running: readonly TaskState[], answers: Readonly<Record<string, readonly Status[]>>) {
  const asked: string[][] = [];
  const tasks: Tasks = {
    ofFamily: () => Promise.resolve([]),
    ofService: () => Promise.resolve(running),
    describe: () => Promise.reject(new Error('not asked for')),
    start: () => Promise.reject(new Error('not asked for')),
  };
  const functions = {
    invoke: (_name: string, input: unknown) => {
      const { urls } = input as Question;
      asked.push([...urls]);
      return Promise.resolve(
        urls.map((url): Answers[number] => {
          const said = answers[new URL(url).hostname] ?? [];
          const [status, detail] = said[Math.min(asked.length, said.length) - 1] ?? [0, 'connection refused'];
          return { url, status, detail };
        }),
      );
    },
  };
  const clock = virtualClock();
  const readiness = awaitReady(step, { tasks, functions, clock, deadline: 800_000 });
  return { readiness: await readiness.catch((error: unknown) => error as Error), asked, clock };
}

const HEALTHY: Status = [200, '{"status":"healthy","db":"connected"}'];
const NO_DATABASE: Status = [503, '{"status":"unhealthy","db":"disconnected"}'];

test('asks each task of the new revision at its own address', async () => {
  const running = [task('10.40.1.7'), task('10.40.2.9'), task('10.40.1.8', OLD), task('')];

  const { readiness, asked } = await check(running, { '10.40.1.7': [HEALTHY], '10.40.2.9': [HEALTHY] });

  expect(asked).toEqual([['http://10.40.1.7:4000/health/readiness', 'http://10.40.2.9:4000/health/readiness']]);
  expect(readiness).toEqual({ readyTasks: 2 });
});

test('asks hundreds of tasks, a hundred at a time', async () => {
  const addresses = Array.from({ length: 250 }, (_, index) => `10.40.${index >> 7}.${index % 128}`);

  const { readiness, asked } = await check(
    addresses.map((address) => task(address)),
    Object.fromEntries(addresses.map((address) => [address, [HEALTHY]])),
  );

  expect(readiness).toEqual({ readyTasks: 250 });
  expect(asked.map((urls) => urls.length)).toEqual([100, 100, 50]);
});

test('waits for the last one', async () => {
  const { readiness, asked } = await check([task('10.40.1.7'), task('10.40.2.9')], {
    '10.40.1.7': [HEALTHY],
    '10.40.2.9': [[0, 'connection refused'], NO_DATABASE, HEALTHY],
  });

  expect(readiness).toEqual({ readyTasks: 2 });
  expect(asked).toHaveLength(3);
});

test('fails after five minutes with what the others say', async () => {
  const { readiness, clock } = await check([task('10.40.1.7'), task('10.40.2.9')], {
    '10.40.1.7': [HEALTHY],
    '10.40.2.9': [NO_DATABASE],
  });

  expect(readiness).toEqual(
    new Error(
      'lab-litellm is not ready after 300 s: 1 of 2 tasks: http://10.40.2.9:4000/health/readiness says 503 ' +
        '{"status":"unhealthy","db":"disconnected"}',
    ),
  );
  expect(clock.elapsedSeconds()).toBe(300);
});

test('is not content with no task at all', async () => {
  const { readiness } = await check([task('10.40.1.8', OLD)], { '10.40.1.8': [HEALTHY] });

  expect(readiness).toEqual(new Error('lab-litellm is not ready after 300 s: no task of the new revision is running'));
});
