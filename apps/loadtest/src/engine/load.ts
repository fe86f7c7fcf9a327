import type { Agenda } from './pace/pacer';

/** What carries a request, as far as a load has to know. */
export interface Carrier {
  /** Its place among its load's carriers: the user, for closed arrivals. */
  readonly slot: number;
  readonly connection: {
    /** A request could go out at once. */
    readonly open: boolean;
    /** A request waits for its turn to open a connection. */
    readonly waiting: boolean;
    destroy(): void;
  };
}

/** Decides when requests start: the users of a closed load, or the arrivals of an open one. */
export interface Load<C extends Carrier> extends Agenda {
  /** A request of this load has ended, well or not. `connected` is false when the target could not even be reached. */
  ended(carrier: C, nowMs: number, connected: boolean): void;
  /** Closes all connections. */
  close(): void;
}

/** How a load starts its requests. */
export interface Dispatcher<C extends Carrier> {
  /** Starts a request; `index` is its number in the whole schedule, over all processes. */
  dispatch(carrier: C, index: number, intendedMs: number, nowMs: number): void;
  /** A request that waits for a connection goes to another carrier, whose connection has become free. */
  handOver(from: C, to: C, nowMs: number): void;
  /** A request that cannot be started since too many are under way. */
  refuse(intendedMs: number, nowMs: number): void;
}
