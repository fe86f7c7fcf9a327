import { virtualClock } from '../../test/virtual-clock';
import { runTask } from './run-task';
import type { RunTask } from './step';
import { CouldNotPlace, type Tasks, type TaskState } from './tasks';

const DEFINITION = 'arn:aws:ecs:us-east-1:123456789012:task-definition/lab-migration:3';
const step: RunTask = {
  step: 'runTask',
  cluster: 'lab',
  taskDefinition: DEFINITION,
  container: 'migrate',
  subnetIds: ['subnet-1'],
  securityGroupIds: ['sg-1'],
  logGroup: '/ecs/lab-migration',
  logStreamPrefix: 'task',
};

const state = (changes: Partial<TaskState> = {}): TaskState => ({
  arn: 'arn:aws:ecs:us-east-1:123456789012:task/lab/0123abcd',
  taskDefinition: DEFINITION,
  status: 'PENDING',
  stoppedReason: '',
  exitCodes: new Map(),
  reasons: new Map(),
  privateIp: '',
  ...changes,
});
const exited = (code: number): TaskState =>
  state({
    status: 'STOPPED',
    stoppedReason: 'Essential container in task exited',
    exitCodes: new Map([['migrate', code]]),
  });

interface World {
  readonly before?: readonly TaskState[];
  readonly after: readonly TaskState[];
  readonly startFails?: readonly Error[];
  readonly log?: readonly string[] | Error;
  readonly deadlineSeconds?: number;
}

/** An ECS in which tasks of the family exist before, and the watched one goes through these states, the last for good. */
async function run({ before = [], after, startFails = [], log = [], deadlineSeconds = 840 }: World) {
  let started = 0;
  let looks = 0;
  const tasks: Tasks = {
    ofFamily: () => Promise.resolve(before),
    ofService: () => Promise.resolve([]),
    describe: () => Promise.resolve(after[Math.min(looks++, after.length - 1)]!),
    start: () => {
      const error = startFails[started];
      started += 1;
      return error === undefined ? Promise.resolve(state()) : Promise.reject(error);
    },
  };
  const logs = { lastLines: () => (log instanceof Error ? Promise.reject(log) : Promise.resolve(log)) };
  const clock = virtualClock();
  const result = await runTask(step, { tasks, logs, clock, deadline: deadlineSeconds * 1000 });
  return { ...result, started };
}

test('starts the task and waits for its end', async () => {
  const result = await run({ after: [state(), state({ status: 'RUNNING' }), exited(0)] });

  expect(result).toMatchObject({ exitCode: 0, adopted: false, started: 1 });
});

test.each([
  ['is still running', state({ status: 'RUNNING' })],
  ['has just succeeded', exited(0)],
])('does not start a second one when an earlier one of this revision %s', async (_what, earlier) => {
  const result = await run({ before: [earlier], after: [exited(0)] });

  expect(result).toMatchObject({ adopted: true, started: 0 });
});

test.each([
  ['failed', exited(1)],
  ['was of another revision', { ...exited(0), taskDefinition: DEFINITION.replace(':3', ':2') }],
])('starts one although an earlier one %s', async (_what, earlier) => {
  const result = await run({ before: [earlier], after: [exited(0)] });

  expect(result).toMatchObject({ adopted: false, started: 1 });
});

test.each([
  ['a permission to arrive', Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' })],
  ['a place', new CouldNotPlace([{ reason: 'Capacity is unavailable at this time' }])],
])('waits for %s', async (_what, error) => {
  expect(await run({ startFails: [error, error], after: [exited(0)] })).toMatchObject({ started: 3 });
});

test("fails with the exit code, ECS's reason and the last words", async () => {
  const log = ['Applying migration 20261101', 'Error: P3009 failed migrations', 'postgresql://llm:hunter2@db:5432/llm'];

  await expect(run({ after: [exited(2)], log })).rejects.toThrow(
    'container migrate of task 0123abcd ended with exit code 2 (Essential container in task exited). Its last words:\n' +
      'Applying migration 20261101\nError: P3009 failed migrations\npostgresql://llm:***@db:5432/llm',
  );
});

test('fails with the reason when the container never ran', async () => {
  const pull = 'CannotPullContainerError: manifest unknown';
  const stopped = state({
    status: 'STOPPED',
    stoppedReason: 'Task failed to start',
    reasons: new Map([['migrate', pull]]),
  });

  await expect(run({ after: [stopped] })).rejects.toThrow(`never ran (${pull}; Task failed to start)`);
});

test('says so when the log cannot be read', async () => {
  await expect(run({ after: [exited(1)], log: new Error('stream does not exist') })).rejects.toThrow(
    'Its log cannot be read: stream does not exist',
  );
});

test('leaves a task that outlasts the function running, for the next apply to find', async () => {
  await expect(run({ after: [state({ status: 'RUNNING' })], deadlineSeconds: 60 })).rejects.toThrow(
    'task 0123abcd is RUNNING after 60 s. It was left running: apply again to wait for it.',
  );
});
