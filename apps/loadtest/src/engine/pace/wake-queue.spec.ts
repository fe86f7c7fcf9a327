import fc from 'fast-check';
import { WakeQueue } from './wake-queue';

describe('the wake queue', () => {
  it('wakes sleepers in the order of their times, whatever comes between', () => {
    const step = fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const queue = new WakeQueue(steps.length);
        const asleep: { time: number; sleeper: number }[] = [];
        for (const [sleeper, time] of steps.entries()) {
          if (time !== undefined) {
            queue.add(time, sleeper);
            asleep.push({ time, sleeper });
          } else if (asleep.length > 0) {
            const earliest = Math.min(...asleep.map((one) => one.time));
            expect(queue.earliest).toBe(earliest);
            const woken = queue.take();
            const place = asleep.findIndex((one) => one.sleeper === woken);
            expect(asleep[place]?.time).toBe(earliest);
            asleep.splice(place, 1);
          }
        }
      }),
    );
  });

  it('is empty at Infinity', () => {
    const queue = new WakeQueue(1);
    expect(queue.earliest).toBe(Infinity);
    expect(() => queue.take()).toThrow('nobody sleeps');
  });

  it('has a place for each sleeper and no more', () => {
    const queue = new WakeQueue(1);
    queue.add(1, 0);
    expect(() => queue.add(2, 1)).toThrow('more sleepers');
  });
});
