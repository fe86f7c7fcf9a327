import { mayStart, stopOrder, type ContainerProgress } from './start-order';

type Condition = 'START' | 'COMPLETE' | 'SUCCESS' | 'HEALTHY';
const pending: ContainerProgress = { state: 'PENDING', health: 'UNKNOWN' };
const running: ContainerProgress = { state: 'RUNNING', health: 'UNKNOWN' };
const healthy: ContainerProgress = { state: 'RUNNING', health: 'HEALTHY' };
const unhealthy: ContainerProgress = { state: 'RUNNING', health: 'UNHEALTHY' };
const succeeded: ContainerProgress = { state: 'STOPPED', health: 'UNKNOWN', exitCode: 0 };
const failed: ContainerProgress = { state: 'STOPPED', health: 'UNKNOWN', exitCode: 3 };
const killed: ContainerProgress = { state: 'STOPPED', health: 'UNKNOWN' };

describe('mayStart', () => {
  it.each<[Condition, string, ContainerProgress, string]>([
    ['START', 'pending', pending, 'wait'],
    ['START', 'running', running, 'start'],
    ['START', 'ended', failed, 'start'],
    ['COMPLETE', 'running', running, 'wait'],
    ['COMPLETE', 'ended with an error', failed, 'start'],
    ['SUCCESS', 'running', running, 'wait'],
    ['SUCCESS', 'ended well', succeeded, 'start'],
    ['SUCCESS', 'ended with an error', failed, 'never'],
    ['SUCCESS', 'killed', killed, 'never'],
    ['HEALTHY', 'not checked yet', running, 'wait'],
    ['HEALTHY', 'healthy', healthy, 'start'],
    ['HEALTHY', 'unhealthy, which may pass', unhealthy, 'wait'],
    ['HEALTHY', 'ended', succeeded, 'never'],
  ])('%s, while the dependency is %s: %4$s', (condition, _state, progress, expected) => {
    const verdict = mayStart({ dependsOn: [{ containerName: 'first', condition }] }, new Map([['first', progress]]));
    expect(typeof verdict === 'string' ? verdict : 'never').toBe(expected);
  });

  it('waits for all dependencies', () => {
    const dependsOn = [
      { containerName: 'first', condition: 'START' as const },
      { containerName: 'second', condition: 'START' as const },
    ];
    expect(
      mayStart(
        { dependsOn },
        new Map([
          ['first', running],
          ['second', pending],
        ]),
      ),
    ).toBe('wait');
  });
});

describe('stopOrder', () => {
  it('stops what depends on others before those others', () => {
    const on = (...names: string[]): { containerName: string; condition: 'START' }[] =>
      names.map((containerName) => ({ containerName, condition: 'START' }));
    expect(
      stopOrder([
        { name: 'database', dependsOn: [] },
        { name: 'gateway', dependsOn: on('database', 'cache') },
        { name: 'cache', dependsOn: [] },
        { name: 'probe', dependsOn: on('gateway') },
      ]),
    ).toEqual([['probe'], ['gateway'], ['database', 'cache']]);
  });
});
