import type { ClosedArrival } from '../scenario/scenario';
import { WHOLE } from '../schedule/share';
import { ClosedLoad, type ClosedLoadOptions } from './closed-load';
import type { Carrier } from './load';

interface Start {
  readonly index: number;
  readonly intendedMs: number;
}

const users: ClosedArrival = { users: 10, thinkTime: { min: 0.5, max: 1 } };

/** Plays a load against a target that answers after a fixed time; `answerMs` undefined refuses every connection at once. */
function play(changes: Partial<ClosedLoadOptions<Carrier>>, answerMs: number | undefined, endMs = 10_000): Start[] {
  const starts: Start[] = [];
  const waiting: { carrier: Carrier; doneMs: number }[] = [];
  const load = new ClosedLoad({
    arrival: users,
    seed: 1,
    share: WHOLE,
    endMs,
    newCarrier: (slot) => ({ slot, connection: { open: true, waiting: false, destroy: () => undefined } }),
    dispatcher: {
      dispatch: (carrier, index, intendedMs) => {
        starts.push({ index, intendedMs });
        waiting.push({ carrier, doneMs: intendedMs + (answerMs ?? 0) });
      },
      handOver: () => undefined,
      refuse: () => undefined,
    },
    ...changes,
  });
  for (;;) {
    waiting.sort((left, right) => left.doneMs - right.doneMs);
    const next = waiting[0];
    if (next !== undefined && next.doneMs <= load.dueMs) {
      waiting.shift();
      load.ended(next.carrier, next.doneMs, answerMs !== undefined);
    } else if (load.dueMs < Infinity) load.run(load.dueMs);
    else return starts;
  }
}

describe('a closed load', () => {
  it('makes as many requests as Little allows: users / (mean think time + answer time)', () => {
    const starts = play({ arrival: { ...users, users: 100 } }, 100, 60_000);
    const steady = starts.filter(({ intendedMs }) => intendedMs >= 10_000);
    const bound = 100 / (0.75 + 0.1);
    expect(steady.length / 50 / bound).toBeGreaterThan(0.99);
    expect(steady.length / 50 / bound).toBeLessThan(1.01);
  });

  it('starts each request the think time after the answer before it', () => {
    const arrival = { users: 1, thinkTime: { min: 0.25, max: 0.25 } };
    expect(play({ arrival }, 50, 1_000).map(({ intendedMs }) => intendedMs)).toEqual([0, 300, 600, 900]);
  });

  it('starts nothing from the end on', () => {
    const times = play({}, 100).map(({ intendedMs }) => intendedMs);
    expect(Math.max(...times)).toBeLessThan(10_000);
    expect(Math.max(...times)).toBeGreaterThan(9_000);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(play({ seed: 3 }, 100)).toEqual(play({ seed: 3 }, 100));
    expect(play({ seed: 3 }, 100)).not.toEqual(play({ seed: 4 }, 100));
  });

  it.each([2, 3, 7])('is the same when %d processes share its users, and no user is lost', (count) => {
    const parts = Array.from({ length: count }, (_, index) => play({ share: { index, count } }, 100));
    const byIndex = (left: Start, right: Start): number => left.index - right.index;
    expect(parts.flat().sort(byIndex)).toEqual(play({}, 100).sort(byIndex));
  });

  it('numbers every request once', () => {
    const numbers = play({}, 100).map(({ index }) => index);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('lets users who think go on at their pace when the target is down', () => {
    const arrival = { users: 1, thinkTime: { min: 0.25, max: 0.25 } };
    expect(play({ arrival }, undefined, 1_000).map(({ intendedMs }) => intendedMs)).toEqual([0, 250, 500, 750]);
  });

  it('slows users who do not think down to ten tries a second', () => {
    const arrival = { users: 1, thinkTime: { min: 0, max: 0 } };
    const times = play({ arrival }, undefined, 600).map(({ intendedMs }) => intendedMs);
    expect(times).toEqual([0, 10, 30, 70, 150, 250, 350, 450, 550]);
  });
});
