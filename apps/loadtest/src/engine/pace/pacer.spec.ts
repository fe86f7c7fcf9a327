import { poissonArrivals } from '../../schedule/arrivals';
import { randomStream } from '../../schedule/random-stream';
import { type Agenda, Pacer, type Time } from './pacer';

/** A clock whose timers fire when the test lets time pass, in whole milliseconds like Node's. */
class VirtualTime implements Time {
  nowMs = 0;
  turns = 0;
  #timers: { atMs: number; wake: () => void }[] = [];

  now(): number {
    return this.nowMs;
  }

  wakeAfter(delayMs: number, wake: () => void): () => void {
    return this.#at(this.nowMs + Math.max(1, Math.ceil(delayMs)), wake);
  }

  wakeSoon(wake: () => void): () => void {
    this.turns += 1;
    return this.#at(this.nowMs + 0.02, wake);
  }

  passUntil(endMs: number): void {
    for (;;) {
      const next = this.#timers.toSorted((left, right) => left.atMs - right.atMs)[0];
      if (next === undefined || next.atMs > endMs) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.wake();
    }
    this.nowMs = endMs;
  }

  #at(atMs: number, wake: () => void): () => void {
    const timer = { atMs, wake };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }
}

/** Things due at fixed times, which note when they were done. */
function listOf(
  times: readonly number[],
  onRun: (nowMs: number) => void = () => undefined,
): Agenda & { lags: number[] } {
  const left = [...times];
  const lags: number[] = [];
  return {
    lags,
    get dueMs() {
      return left[0] ?? Infinity;
    },
    run: (nowMs) => {
      lags.push(nowMs - (left.shift() ?? 0));
      onRun(nowMs);
    },
  };
}

describe('the pacer', () => {
  it('does everything at or after its time, and at a hundred a second within 50 us', () => {
    const time = new VirtualTime();
    const agenda = listOf(Array.from({ length: 300 }, (_, index) => 3.7 + index * 10.13));
    new Pacer(time, [agenda]).pump(time.now());
    time.passUntil(4_000);
    expect(agenda.lags).toHaveLength(300);
    expect(Math.min(...agenda.lags)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...agenda.lags)).toBeLessThan(0.05);
  });

  it.each([
    [1_000, 0.4],
    [5_000, 0.55],
  ])('relies on timers at %d a second, late by a millisecond at most and %d ms on average', (rate, meanMs) => {
    const time = new VirtualTime();
    const random = randomStream(1, 'arrivals');
    const arrivals = poissonArrivals(rate, random);
    const agenda = listOf(Array.from({ length: 5 * rate }, () => arrivals.next().value));
    new Pacer(time, [agenda]).pump(time.now());
    time.passUntil(10_000);
    expect(agenda.lags).toHaveLength(5 * rate);
    expect(Math.max(...agenda.lags)).toBeLessThanOrEqual(1.03);
    expect(agenda.lags.reduce((sum, lag) => sum + lag, 0) / agenda.lags.length).toBeLessThan(meanMs);
    // At most a timer each, and 4 % of the time in turns of 20 us.
    expect(time.turns * 0.02).toBeLessThan(0.05 * 5_000);
  });

  it('lets answers be read between the parts of a backlog', () => {
    const time = new VirtualTime();
    const agenda = listOf(new Array<number>(150).fill(0));
    const pacer = new Pacer(time, [agenda]);
    pacer.pump(time.now());
    expect(agenda.lags).toHaveLength(64);
    time.passUntil(1);
    expect(agenda.lags).toHaveLength(150);
  });

  it('bears being called from what it does', () => {
    const time = new VirtualTime();
    let depth = 0;
    let deepest = 0;
    const agenda = listOf(new Array<number>(60).fill(0), (nowMs) => {
      depth += 1;
      deepest = Math.max(deepest, depth);
      pacer.pump(nowMs);
      depth -= 1;
    });
    const pacer = new Pacer(time, [agenda]);
    pacer.pump(time.now());
    expect([agenda.lags.length, deepest]).toEqual([60, 1]);
  });

  it('finds what one agenda gives another to do', () => {
    const time = new VirtualTime();
    const times: number[] = [];
    const done: number[] = [];
    const given: Agenda = {
      get dueMs() {
        return times[0] ?? Infinity;
      },
      run: (nowMs) => {
        times.shift();
        done.push(nowMs);
      },
    };
    const giving = listOf([5], (nowMs) => times.push(nowMs, nowMs + 10));
    new Pacer(time, [given, giving]).pump(time.now());
    time.passUntil(100);
    expect(done.map(Math.floor)).toEqual([5, 15]);
  });

  it('serves all agendas, the earliest first', () => {
    const time = new VirtualTime();
    const done: string[] = [];
    const one = listOf([5, 30], () => done.push('one'));
    const other = listOf([10, 20], () => done.push('other'));
    new Pacer(time, [one, other]).pump(time.now());
    time.passUntil(100);
    expect(done).toEqual(['one', 'other', 'other', 'one']);
  });

  it('does nothing more once it is stopped', () => {
    const time = new VirtualTime();
    const agenda = listOf([1, 2, 3]);
    const pacer = new Pacer(time, [agenda]);
    pacer.pump(time.now());
    time.passUntil(1.5);
    pacer.stop();
    time.passUntil(10);
    expect(agenda.lags).toHaveLength(1);
  });
});
