import fc from 'fast-check';
import { TICK_MS, Timer, TimerWheel } from './timer-wheel';

const HOUR_MS = 3_600_000;

/** What a test does to a wheel; times in quarter ticks, so that deadlines fall on and between ticks. */
type Step = { kind: 'schedule'; delay: number } | { kind: 'cancel'; which: number } | { kind: 'advance'; by: number };

const delay = fc.oneof(
  fc.integer({ min: 0, max: 200 }),
  fc.integer({ min: 0, max: 100_000 }),
  fc.integer({ min: 0, max: 2 ** 33 }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('schedule' as const), delay }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), which: fc.nat(50) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('advance' as const), by: delay }) },
);
/** Any time in the wheel's turn of 74 hours, with a bias to its end, where the top level wraps. */
const start = fc.oneof(fc.nat(2 ** 31), fc.integer({ min: 2 ** 32 - 5_000, max: 2 ** 32 + 5_000 }));

const ms = (quarters: number): number => (quarters * TICK_MS) / 4;

describe('TimerWheel', () => {
  it('fires every timer exactly once, never early, at the first advance a tick after its deadline at the latest', () => {
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 120 }), (origin, steps) => {
        const wheel = new TimerWheel(ms(origin));
        let now = origin;
        const timers: { timer: Timer; deadline: number; fired: number; cancelled: boolean }[] = [];
        const overdue = (entry: (typeof timers)[number]): boolean =>
          !entry.cancelled && entry.fired === 0 && Math.max(entry.deadline, origin) + 4 <= now;

        for (const action of steps) {
          if (action.kind === 'schedule') {
            const deadline = now + action.delay;
            const entry = { timer: new Timer(fired), deadline, fired: 0, cancelled: false };
            function fired(): void {
              entry.fired++;
              expect(now).toBeGreaterThanOrEqual(deadline);
            }
            timers.push(entry);
            wheel.schedule(entry.timer, ms(deadline));
          } else if (action.kind === 'cancel') {
            const entry = timers[action.which];
            if (entry?.fired === 0) {
              wheel.cancel(entry.timer);
              entry.cancelled = true;
            }
          } else {
            now += action.by;
            wheel.advance(ms(now));
            expect(timers.filter(overdue)).toEqual([]);
          }
        }
        now += 2 ** 35;
        wheel.advance(ms(now));

        expect(timers.every((entry) => entry.fired === (entry.cancelled ? 0 : 1))).toBe(true);
        expect(wheel.size).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it('never asks to be woken after the earliest deadline', () => {
    fc.assert(
      fc.property(start, fc.array(delay, { minLength: 1, maxLength: 40 }), (origin, delays) => {
        const wheel = new TimerWheel(ms(origin));
        let fired = 0;
        for (const after of delays) wheel.schedule(new Timer(() => fired++), ms(origin + after));

        // Driven by its own wishes alone, as a server drives it, it must reach every deadline on the tick.
        const latest = ms(origin + Math.max(...delays)) + TICK_MS;
        for (let wake = wheel.nextWakeMs(); wake !== undefined; wake = wheel.nextWakeMs()) {
          expect(wake).toBeLessThanOrEqual(latest);
          wheel.advance(wake);
        }

        expect(fired).toBe(delays.length);
      }),
    );
  });

  it('fires in the order of deadlines, and of scheduling where these are equal', () => {
    const wheel = new TimerWheel(0);
    const order: string[] = [];
    const at = (name: string, deadlineMs: number): void =>
      wheel.schedule(new Timer(() => order.push(name)), deadlineMs);
    at('far', 900);
    at('near', 1);
    at('twin 1', 40);
    at('twin 2', 40);
    at('middle', 30);

    wheel.advance(1000);

    expect(order).toEqual(['near', 'middle', 'twin 1', 'twin 2', 'far']);
  });

  it('fires what a timer schedules while it fires, in the same advance if that is due too', () => {
    const wheel = new TimerWheel(0);
    const at: number[] = [];
    const timer = new Timer(() => {
      at.push(at.length);
      if (at.length < 10) wheel.schedule(timer, at.length * 10);
    });
    wheel.schedule(timer, 0);

    wheel.advance(55);
    const by55 = at.length;
    wheel.advance(60);

    expect([by55, at.length]).toEqual([6, 7]);
  });

  it('lets a timer cancel another of the same tick', () => {
    const wheel = new TimerWheel(0);
    let fired = 0;
    const second = new Timer(() => fired++);
    wheel.schedule(new Timer(() => wheel.cancel(second)), 5);
    wheel.schedule(second, 5);

    wheel.advance(10);

    expect({ fired, left: wheel.size }).toEqual({ fired: 0, left: 0 });
  });

  it('keeps time past the turn of its highest level', () => {
    const wheel = new TimerWheel(0);
    const fired: number[] = [];
    let now = 0;
    const deadlines = [1, 71, 73, 75, 100, 200].map((hours) => hours * HOUR_MS);
    for (const deadline of deadlines) wheel.schedule(new Timer(() => fired.push(now - deadline)), deadline);

    for (let wake = wheel.nextWakeMs(); wake !== undefined; wake = wheel.nextWakeMs()) {
      now = wake;
      wheel.advance(now);
    }

    expect(fired).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('refuses to schedule one timer twice', () => {
    const wheel = new TimerWheel(0);
    const timer = new Timer(() => undefined);
    wheel.schedule(timer, 5);

    expect(() => wheel.schedule(timer, 6)).toThrow('scheduled already');
  });
});
