import type { OpenArrival } from '../scenario/scenario';
import { WHOLE } from '../schedule/share';
import type { Carrier } from './load';
import { OpenLoad, type OpenLoadOptions } from './open-load';

interface Played {
  readonly starts: { index: number; intendedMs: number }[];
  readonly refused: number[];
  readonly carriers: Set<Carrier>;
}

const arrivals: OpenArrival = { rate: 200, process: 'poisson', maxInFlight: 1_000 };

/** Plays a load against a target that answers after a fixed time. */
function play(changes: Partial<OpenLoadOptions<Carrier>>, answerMs: number): Played {
  const played: Played = { starts: [], refused: [], carriers: new Set() };
  const waiting: { carrier: Carrier; doneMs: number }[] = [];
  const load = new OpenLoad({
    arrival: arrivals,
    seed: 1,
    share: WHOLE,
    endMs: 2_000,
    newCarrier: (slot) => ({ slot, connection: { open: true, waiting: false, destroy: () => undefined } }),
    dispatcher: {
      dispatch: (carrier, index, intendedMs) => {
        played.starts.push({ index, intendedMs });
        played.carriers.add(carrier);
        waiting.push({ carrier, doneMs: intendedMs + answerMs });
      },
      handOver: () => undefined,
      refuse: (intendedMs) => played.refused.push(intendedMs),
    },
    ...changes,
  });
  for (;;) {
    const next = waiting[0];
    if (next !== undefined && next.doneMs <= load.dueMs) {
      waiting.shift();
      load.ended(next.carrier, next.doneMs);
    } else if (load.dueMs < Infinity) load.run(load.dueMs);
    else return played;
  }
}

describe('an open load', () => {
  it('starts requests at their times however slow the target is', () => {
    expect(play({}, 5_000).starts).toEqual(play({}, 1).starts);
  });

  it('uses as few connections as are needed at once', () => {
    expect(play({ arrival: { ...arrivals, process: 'uniform' } }, 101).carriers.size).toBe(21);
  });

  it('refuses arrivals beyond the cap, and starts again when there is room', () => {
    const { starts, refused, carriers } = play({ arrival: { ...arrivals, process: 'uniform', maxInFlight: 10 } }, 101);
    expect(carriers.size).toBe(10);
    expect(starts.length + refused.length).toBe(400);
    expect(refused.length).toBeGreaterThan(150);
    expect(starts.at(-1)?.intendedMs).toBeGreaterThan(1_900);
  });

  it.each([2, 3, 7])('is the same when %d processes share its arrivals', (count) => {
    const parts = Array.from({ length: count }, (_, index) => play({ share: { index, count } }, 10).starts);
    expect(parts.flat().sort((left, right) => left.index - right.index)).toEqual(play({}, 10).starts);
  });

  it('gives a request that waits for its connection to one that becomes free, the oldest first', () => {
    const connections: { open: boolean; waiting: boolean; destroy: () => void }[] = [];
    const handed: string[] = [];
    const carriers: Carrier[] = [];
    const load = new OpenLoad<Carrier>({
      arrival: { ...arrivals, process: 'uniform' },
      seed: 1,
      share: WHOLE,
      endMs: 1_000,
      newCarrier: (slot) => {
        // The first is connected; the others have to wait.
        const connection = { open: slot === 0, waiting: slot > 0, destroy: () => undefined };
        connections.push(connection);
        return { slot, connection };
      },
      dispatcher: {
        dispatch: (carrier) => carriers.push(carrier),
        handOver: (from, to) => {
          handed.push(`${from.slot} to ${to.slot}`);
          connections[from.slot]!.waiting = false;
        },
        refuse: () => undefined,
      },
    });
    for (let arrival = 0; arrival < 4; arrival += 1) load.run(load.dueMs);
    connections[1]!.waiting = false;
    for (let answer = 0; answer < 3; answer += 1) load.ended(carriers[0]!, 20);
    expect(handed).toEqual(['2 to 0', '3 to 0']);
    load.run(load.dueMs);
    expect(carriers.at(-1)?.slot).toBe(0);
  });

  it('shares the cap out among processes', () => {
    const arrival: OpenArrival = { ...arrivals, maxInFlight: 10 };
    const sizes = [0, 1, 2].map((index) => play({ arrival, share: { index, count: 3 } }, 10_000).carriers.size);
    expect(sizes).toEqual([4, 3, 3]);
  });
});
