/**
 * Milliseconds from a run's start, with microseconds behind the point; negative before it. Steady: changes of the wall clock do
 * not move it.
 */
export class RunClock {
  #originMs = Infinity;

  /** The time now; -Infinity while no start is set. */
  readonly now = (): number => performance.now() - this.#originMs;

  /** @param machineMs when the run starts, on the clock of `machineNowMs` */
  startAt(machineMs: number): void {
    this.#originMs = performance.now() + (machineMs - machineNowMs());
  }
}

/** A steady clock that all processes of a machine share (the operating system's monotonic clock), in milliseconds. */
export function machineNowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
