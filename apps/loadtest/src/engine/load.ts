import type { Exchange } from './exchange';
import type { Agenda } from './pace/pacer';

/** Decides when requests start: the users of a closed load, or the arrivals of an open one. */
export interface Load extends Agenda {
  /** A request of this load has ended, well or not. `connected` is false when the target could not even be reached. */
  ended(exchange: Exchange, nowMs: number, connected: boolean): void;
  /** Closes all connections. */
  close(): void;
}

/** How a load starts its requests. */
export interface Dispatcher {
  /** Starts a request; `index` is its number in the whole schedule, over all processes. */
  dispatch(exchange: Exchange, index: number, intendedMs: number, nowMs: number): void;
  /** A request that cannot be started since too many are under way. */
  refuse(intendedMs: number, nowMs: number): void;
}
