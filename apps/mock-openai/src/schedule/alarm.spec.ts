import fc from 'fast-check';
import { VirtualClock } from '../../test/virtual-clock';
import { Alarm } from './alarm';
import { Timer } from './timer-wheel';

describe('Alarm', () => {
  it('fires no timer early and none over a tick later than the loop allows, whatever the loop does', () => {
    const jitter = fc.array(fc.double({ min: -1, max: 3, noNaN: true }), { minLength: 1, maxLength: 20 });
    const requests = fc.array(
      fc.record({
        after: fc.double({ min: 0, max: 5, noNaN: true }),
        wait: fc.double({ min: 0, max: 2000, noNaN: true }),
      }),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), jitter, requests, (origin, offsets, arrivals) => {
        const clock = new VirtualClock(origin, (wake) => offsets[wake % offsets.length] ?? 0);
        const alarm = new Alarm(clock);
        const lateness: number[] = [];
        for (const { after, wait } of arrivals) {
          clock.runUntil(clock.now() + after);
          const deadline = clock.now() + wait;
          alarm.schedule(new Timer(() => lateness.push(clock.now() - deadline)), deadline);
        }
        clock.runUntil(clock.now() + 3000);

        expect(lateness).toHaveLength(arrivals.length);
        expect(Math.min(...lateness)).toBeGreaterThanOrEqual(0);
        // 0.25 ms of a tick, 3 ms of the loop, and as much again where a first wake-up came early.
        expect(Math.max(...lateness)).toBeLessThanOrEqual(0.25 + 2 * 3);
      }),
    );
  });

  it('carries ten thousand timers on one wake-up at a time, within a tick of their deadlines on a punctual loop', () => {
    const clock = new VirtualClock(123.4);
    const alarm = new Alarm(clock);
    let worst = 0;
    for (let index = 0; index < 10_000; index++) {
      const deadline = 223.4 + index * 0.01;
      alarm.schedule(new Timer(() => (worst = Math.max(worst, clock.now() - deadline))), deadline);
    }
    expect(alarm.pending).toBe(10_000);

    clock.runUntil(400);

    expect(alarm.pending).toBe(0);
    expect(worst).toBeLessThanOrEqual(0.25 + 0.01);
    // One a tick while deadlines are due (400 ticks), and a few for timers that change level: not one a timer.
    expect(clock.wakes).toBeLessThan(450);
  });

  it('fires what is due when it is polled, without waiting for the loop', () => {
    const clock = new VirtualClock(0, () => 50);
    const alarm = new Alarm(clock);
    let fired = false;
    alarm.schedule(new Timer(() => (fired = true)), 10);

    clock.runUntil(10);
    alarm.poll(clock.now());

    expect(fired).toBe(true);
  });

  it('is woken for an earlier timer that comes after a later one', () => {
    const clock = new VirtualClock();
    const alarm = new Alarm(clock);
    const fired: string[] = [];
    alarm.schedule(new Timer(() => fired.push('late')), 5000);
    alarm.schedule(new Timer(() => fired.push('soon')), 3);

    clock.runUntil(4);

    expect(fired).toEqual(['soon']);
  });

  it('waits for nothing when all timers are cancelled', () => {
    const clock = new VirtualClock();
    const alarm = new Alarm(clock);
    const timer = new Timer(() => undefined);
    alarm.schedule(timer, 3_600_000);
    expect(clock.waitingCalls).toBe(1);

    alarm.cancel(timer);

    expect(clock.waitingCalls).toBe(0);
  });
});
