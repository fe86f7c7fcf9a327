import { VirtualClock } from '../../../test/local-fargate/virtual-clock';
import { monitorHealth, type HealthMonitorOptions } from './health-monitor';

interface Watch {
  readonly clock: VirtualClock;
  /** When checks began, in seconds after the container's start. */
  readonly began: number[];
  readonly statuses: string[];
  readonly stop: () => void;
  readonly done: Promise<void>;
}

/** Watches a container whose n-th check takes `takes(n)` seconds and then passes or not. */
function watch(
  check: { interval: number; timeout: number; retries: number; startPeriod: number },
  behaviour: { takes?: (count: number) => number; passes: (count: number) => boolean },
  options: Partial<HealthMonitorOptions> = {},
): Watch {
  const clock = new VirtualClock();
  const stopped = new AbortController();
  const began: number[] = [];
  const statuses: string[] = [];
  const done = monitorHealth({
    check: { ...check, command: ['CMD', 'true'] },
    clock,
    signal: stopped.signal,
    runCheck: async (signal) => {
      began.push(clock.now());
      const count = began.length;
      await clock.sleep(behaviour.takes?.(count) ?? 0, signal);
      return { passed: behaviour.passes(count), detail: '' };
    },
    onCheck: ({ status }, { detail }) => statuses.push(detail === '' ? status : `${status}: ${detail}`),
    ...options,
  });
  return { clock, began, statuses, stop: () => stopped.abort(), done };
}

const usual = { interval: 30, timeout: 5, retries: 3, startPeriod: 0 };

describe('monitorHealth', () => {
  it('checks first one interval after the start, then in intervals', async () => {
    const { clock, began, stop } = watch(usual, { passes: () => true });
    await clock.advance(100);
    stop();
    expect(began).toEqual([30, 60, 90]);
  });

  it('counts an interval from the end of the check before', async () => {
    const { clock, began, stop } = watch(usual, { takes: () => 4, passes: () => true });
    await clock.advance(110);
    stop();
    expect(began).toEqual([30, 64, 98]);
  });

  it('takes a check that outlasts its timeout for a failure', async () => {
    const { clock, statuses, stop } = watch(usual, { takes: () => 60, passes: () => true });
    await clock.advance(35);
    stop();
    expect(statuses).toEqual(['UNKNOWN: no answer within 5 s']);
  });

  it('reports UNHEALTHY at the last of the retries', async () => {
    const { clock, statuses, stop } = watch(usual, { passes: () => false });
    await clock.advance(90);
    stop();
    expect(statuses).toEqual(['UNKNOWN', 'UNKNOWN', 'UNHEALTHY']);
  });

  it('lets failures within the start period pass', async () => {
    const { clock, statuses, stop } = watch({ ...usual, startPeriod: 70 }, { passes: () => false });
    await clock.advance(150);
    stop();
    expect(statuses).toEqual(['UNKNOWN', 'UNKNOWN', 'UNKNOWN', 'UNKNOWN', 'UNHEALTHY']);
  });

  it('asks more often until the first success when told so, in the start period alone', async () => {
    const { clock, began, stop } = watch(
      { ...usual, startPeriod: 10 },
      { passes: (count) => count >= 3 },
      { startIntervalSeconds: 1 },
    );
    await clock.advance(64);
    stop();
    expect(began).toEqual([1, 2, 3, 33, 63]);
  });

  it('keeps to the interval once the start period is over', async () => {
    const { clock, began, stop } = watch(
      { ...usual, startPeriod: 2 },
      { passes: () => false },
      { startIntervalSeconds: 1 },
    );
    await clock.advance(40);
    stop();
    expect(began).toEqual([1, 2, 32]);
  });

  it('ends without another report when told to, even in the middle of a check', async () => {
    const { clock, statuses, stop, done } = watch(usual, { takes: () => 4, passes: () => true });
    await clock.advance(31);
    stop();
    await done;
    expect(statuses).toEqual([]);
  });
});
