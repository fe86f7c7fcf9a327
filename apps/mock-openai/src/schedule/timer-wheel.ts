/** A quarter of a millisecond: four ticks to the finest promise made, and a power of two, so that ticks are exact. */
export const TICK_MS = 0.25;

const SLOTS = 32;
const LEVELS = 6;
const TOP = LEVELS - 1;
/** `SPANS[level]` ticks pass in one slot of that level. */
const SPANS = Array.from({ length: LEVELS }, (_, level) => SLOTS ** level);
/** 72 hours in ticks: what lies beyond waits in the farthest slot and is sorted in again from there. */
const HORIZON = (SLOTS - 1) * SLOTS ** TOP;

/** Something that happens at a time. Made once, scheduled by `TimerWheel.schedule`, at most once at a time. */
export class Timer {
  /** Neighbours in the slot's ring; a timer that is its own neighbour is not scheduled. */
  next: Timer = this;
  previous: Timer = this;
  /** The first tick at which it may fire. */
  tick = 0;

  constructor(readonly fire: () => void) {}

  get scheduled(): boolean {
    return this.next !== this;
  }
}

/**
 * A hierarchical timer wheel (Varghese and Lauck, SOSP 1987): scheduling and cancelling cost the same with ten thousand timers
 * as with one. It knows no clock: whoever drives it says what time it is, in milliseconds from any fixed origin.
 *
 * Each level has 32 slots, a slot of a level spans a whole turn of the level below, and a timer lies at the level of the highest
 * digit (base 32) in which its tick differs from the current one. As time enters a slot, its timers move down a level; at the lowest they fire.
 * A word of 32 bits per level says which slots hold something, so finding the next one is a single instruction.
 */
export class TimerWheel {
  private readonly rings: readonly Timer[] = Array.from({ length: LEVELS * SLOTS }, () => new Timer(doNothing));
  private readonly occupied = new Int32Array(LEVELS);
  private current: number;
  private count = 0;

  constructor(startMs: number) {
    this.current = Math.floor(startMs / TICK_MS);
  }

  /** Timers that have neither fired nor been cancelled. */
  get size(): number {
    return this.count;
  }

  /** Lets a timer fire at the first `advance` to `deadlineMs` or later, never earlier, at most one tick (0.25 ms) of time late. */
  schedule(timer: Timer, deadlineMs: number): void {
    if (timer.scheduled) throw new Error('the timer is scheduled already');
    timer.tick = Math.max(Math.ceil(deadlineMs / TICK_MS), this.current + 1);
    this.insert(timer);
    this.count++;
  }

  /** Takes a timer out. One that has fired, or never was in, stays as it is. */
  cancel(timer: Timer): void {
    if (!timer.scheduled) return;
    unlink(timer);
    this.count--;
    // The slot's bit may now be stale; `advance` finds the ring empty and clears it.
  }

  /** Moves time forward and fires, tick by tick, what is due; a timer that is scheduled meanwhile fires too if it is due. */
  advance(nowMs: number): void {
    const now = Math.floor(nowMs / TICK_MS);
    for (;;) {
      const slot = this.earliestSlot();
      if (slot === undefined || slot.tick > now) break;
      this.current = slot.tick;
      this.occupied[slot.level] = (this.occupied[slot.level] ?? 0) & ~(1 << slot.index);
      this.empty(slot.level, slot.index);
    }
    if (now > this.current) this.current = now;
  }

  /** When `advance` has something to do next, in ms: the next deadline, or an earlier moment at which timers move down a level. */
  nextWakeMs(): number | undefined {
    if (this.count === 0) return undefined;
    const slot = this.earliestSlot();
    return slot === undefined ? undefined : slot.tick * TICK_MS;
  }

  private insert(timer: Timer): void {
    const reach = Math.min(timer.tick, this.current + HORIZON);
    let level = 0;
    while (level < TOP && digits(reach, level + 1) !== digits(this.current, level + 1)) level++;
    const index = digits(reach, level) % SLOTS;
    append(this.ring(level, index), timer);
    this.occupied[level] = (this.occupied[level] ?? 0) | (1 << index);
  }

  /** The occupied slot that time enters first. Lower levels always come before higher ones. */
  private earliestSlot(): { level: number; index: number; tick: number } | undefined {
    for (let level = 0; level < LEVELS; level++) {
      const span = SPANS[level] ?? 1;
      const here = Math.floor(this.current / span);
      const turn = here - (here % SLOTS);
      const occupied = this.occupied[level] ?? 0;
      const index = lowestBitAbove(occupied, here % SLOTS);
      if (index >= 0) return { level, index, tick: (turn + index) * span };
      // Only the top level holds slots of its next turn; below, those lie one level up.
      const wrapped = level === TOP ? lowestBitAbove(occupied, -1) : -1;
      if (wrapped >= 0) return { level, index: wrapped, tick: (turn + SLOTS + wrapped) * span };
    }
    return undefined;
  }

  /** Fires the timers of a slot that are due, and moves the others down. */
  private empty(level: number, index: number): void {
    const ring = this.ring(level, index);
    // Timers that are scheduled while others fire land in later slots, never in this ring.
    while (ring.next !== ring) {
      const timer = ring.next;
      unlink(timer);
      if (timer.tick > this.current) {
        this.insert(timer);
        continue;
      }
      this.count--;
      timer.fire();
    }
  }

  private ring(level: number, index: number): Timer {
    const ring = this.rings[level * SLOTS + index];
    if (ring === undefined) throw new RangeError(`no slot ${index} at level ${level}`);
    return ring;
  }
}

function digits(tick: number, level: number): number {
  return Math.floor(tick / (SPANS[level] ?? 1));
}

/** Position of the lowest set bit above `position`, or -1. */
function lowestBitAbove(bits: number, position: number): number {
  // 2 << 31 is 0, so that above position 31 the mask keeps nothing, as it should.
  const above = position < 0 ? bits : bits & ~((2 << position) - 1);
  return above === 0 ? -1 : 31 - Math.clz32(above & -above);
}

function append(ring: Timer, timer: Timer): void {
  timer.previous = ring.previous;
  timer.next = ring;
  ring.previous.next = timer;
  ring.previous = timer;
}

function unlink(timer: Timer): void {
  timer.previous.next = timer.next;
  timer.next.previous = timer.previous;
  timer.next = timer;
  timer.previous = timer;
}

function doNothing(): void {
  // The fixed point of a ring never fires.
}
