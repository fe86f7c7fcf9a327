import type { Clock } from './clock';
import { type Timer, TimerWheel } from './timer-wheel';

/**
 * Drives a timer wheel from one wake-up of the event loop at a time, set for the wheel's next wish. One that comes too early
 * fires nothing and is set again: the wheel goes by the clock, so no timer is ever early.
 */
export class Alarm {
  private readonly wheel: TimerWheel;
  private wakeMs = Infinity;
  private cancelWake: () => void = () => undefined;

  constructor(readonly clock: Clock) {
    this.wheel = new TimerWheel(clock.now());
  }

  /** Timers waiting. */
  get pending(): number {
    return this.wheel.size;
  }

  schedule(timer: Timer, deadlineMs: number): void {
    this.wheel.schedule(timer, deadlineMs);
    if (deadlineMs < this.wakeMs) this.arm();
  }

  cancel(timer: Timer): void {
    this.wheel.cancel(timer);
    // Else a far deadline that is off would still keep the process from ending.
    if (this.wheel.size === 0) this.arm();
  }

  /** Fires what is due at a moment that the caller has just read from the clock. Costs a comparison when nothing is. */
  poll(nowMs: number): void {
    if (nowMs < this.wakeMs) return;
    this.wheel.advance(nowMs);
    this.arm();
  }

  private arm(): void {
    const wakeMs = this.wheel.nextWakeMs() ?? Infinity;
    if (wakeMs === this.wakeMs) return;
    this.cancelWake();
    this.wakeMs = wakeMs;
    if (wakeMs !== Infinity) this.wake();
  }

  private wake(): void {
    this.cancelWake = this.clock.wakeAfter(this.wakeMs - this.clock.now(), () => {
      const nowMs = this.clock.now();
      if (nowMs < this.wakeMs) this.wake();
      else this.poll(nowMs);
    });
  }
}
