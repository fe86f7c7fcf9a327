import { idleExchanges } from '../../test/engine/idle-exchanges';
import type { OpenArrival } from '../scenario/scenario';
import { WHOLE } from '../schedule/share';
import type { Exchange } from './exchange';
import { OpenLoad, type OpenLoadOptions } from './open-load';

interface Played {
  readonly starts: { index: number; intendedMs: number }[];
  readonly refused: number[];
  readonly exchanges: Set<Exchange>;
}

const arrivals: OpenArrival = { rate: 200, process: 'poisson', maxInFlight: 1_000 };

/** Plays a load against a target that answers after a fixed time. */
function play(changes: Partial<OpenLoadOptions>, answerMs: number): Played {
  const played: Played = { starts: [], refused: [], exchanges: new Set() };
  const waiting: { exchange: Exchange; doneMs: number }[] = [];
  const load = new OpenLoad({
    arrival: arrivals,
    seed: 1,
    share: WHOLE,
    endMs: 2_000,
    newExchange: idleExchanges(),
    dispatcher: {
      dispatch: (exchange, index, intendedMs) => {
        played.starts.push({ index, intendedMs });
        played.exchanges.add(exchange);
        waiting.push({ exchange, doneMs: intendedMs + answerMs });
      },
      refuse: (intendedMs) => played.refused.push(intendedMs),
    },
    ...changes,
  });
  for (;;) {
    const next = waiting[0];
    if (next !== undefined && next.doneMs <= load.dueMs) {
      waiting.shift();
      load.ended(next.exchange);
    } else if (load.dueMs < Infinity) load.run(load.dueMs);
    else return played;
  }
}

describe('an open load', () => {
  it('starts requests at their times however slow the target is', () => {
    expect(play({}, 5_000).starts).toEqual(play({}, 1).starts);
  });

  it('uses as few connections as are needed at once', () => {
    expect(play({ arrival: { ...arrivals, process: 'uniform' } }, 101).exchanges.size).toBe(21);
  });

  it('refuses arrivals beyond the cap, and starts again when there is room', () => {
    const { starts, refused, exchanges } = play({ arrival: { ...arrivals, process: 'uniform', maxInFlight: 10 } }, 101);
    expect(exchanges.size).toBe(10);
    expect(starts.length + refused.length).toBe(400);
    expect(refused.length).toBeGreaterThan(150);
    expect(starts.at(-1)?.intendedMs).toBeGreaterThan(1_900);
  });

  it.each([2, 3, 7])('is the same when %d processes share its arrivals', (count) => {
    const parts = Array.from({ length: count }, (_, index) => play({ share: { index, count } }, 10).starts);
    expect(parts.flat().sort((left, right) => left.index - right.index)).toEqual(play({}, 10).starts);
  });

  it('shares the cap out among processes', () => {
    const arrival: OpenArrival = { ...arrivals, maxInFlight: 10 };
    const sizes = [0, 1, 2].map((index) => play({ arrival, share: { index, count: 3 } }, 10_000).exchanges.size);
    expect(sizes).toEqual([4, 3, 3]);
  });
});
