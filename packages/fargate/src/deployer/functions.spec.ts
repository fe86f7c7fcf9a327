import { virtualClock } from '../../test/virtual-clock';
import { FunctionFailed, invokePatiently, type Functions } from './functions';

const MINUTE = 60_000;

beforeEach(() => {
  jest.spyOn(console, 'warn').mockImplementation();
});

const awsError = (name: string) => Object.assign(new Error(`${name} happened`), { name });

/** Answers with these errors in turn, then with 'done'. */
function failing(...errors: readonly Error[]): Functions & { readonly calls: () => number } {
  let calls = 0;
  return {
    calls: () => calls,
    invoke: () => {
      const error = errors[calls];
      calls += 1;
      return error === undefined ? Promise.resolve('done') : Promise.reject(error);
    },
  };
}

/** Fails for this long, then answers 'done'. */
function failingFor(seconds: number, error: Error, clock: { elapsedSeconds: () => number }): Functions {
  return { invoke: () => (clock.elapsedSeconds() < seconds ? Promise.reject(error) : Promise.resolve('done')) };
}

test.each([
  'EFSMountFailureException',
  'EFSMountTimeoutException',
  'EFSMountConnectivityException',
  'EFSIOException',
  'ResourceConflictException',
  'ResourceNotReadyException',
  'TooManyRequestsException',
])('waits while Lambda answers %s', async (name) => {
  const clock = virtualClock();

  expect(await invokePatiently(failingFor(180, awsError(name), clock), clock, 14 * MINUTE, 'f', {})).toBe('done');
});

test('a permission that has not arrived may take two minutes, not ten', async () => {
  const clock = virtualClock();
  const late = failingFor(100, awsError('AccessDeniedException'), clock);
  expect(await invokePatiently(late, clock, 14 * MINUTE, 'f', {})).toBe('done');

  const never = failingFor(Infinity, awsError('AccessDeniedException'), virtualClock());
  const second = virtualClock();
  await expect(invokePatiently(never, second, 14 * MINUTE, 'f', {})).rejects.toThrow('AccessDeniedException happened');
  expect(second.elapsedSeconds()).toBeLessThanOrEqual(125);
});

test('tries again when the first mount outlasted the function', async () => {
  const functions = failing(new FunctionFailed('f', 'Sandbox.Timedout', 'Task timed out after 120.00 seconds'));

  expect(await invokePatiently(functions, virtualClock(), 14 * MINUTE, 'f', {})).toBe('done');
});

test.each([
  ['what the function itself threw', new FunctionFailed('f', 'Error', 'ENOSPC: no space left on device')],
  ['a function that does not exist', awsError('ResourceNotFoundException')],
])('does not repeat %s', async (_what, error) => {
  const functions = failing(error);

  await expect(invokePatiently(functions, virtualClock(), 14 * MINUTE, 'f', {})).rejects.toBe(error);
  expect(functions.calls()).toBe(1);
});

test('gives up before the deadline, with the last reason', async () => {
  const clock = virtualClock();
  const never = failingFor(Infinity, awsError('EFSMountFailureException'), clock);

  await expect(invokePatiently(never, clock, 3 * MINUTE, 'f', {})).rejects.toThrow(
    'gave up after 180 s: EFSMountFailureException: EFSMountFailureException happened',
  );
  expect(clock.elapsedSeconds()).toBeLessThanOrEqual(180);
});
