import type { Failure } from './failure';
import type { Carrier } from './load';
import { Connection, type ConnectionContext, type Outcome } from './transport/connection';

/** Who is told how exchanges end. */
export interface ExchangeListener {
  answered(exchange: Exchange, flaw: Failure | undefined, nowMs: number): void;
  broke(exchange: Exchange, failure: Failure, nowMs: number): void;
}

/**
 * One request and its answer, together with the connection that carries them. Made once per connection and used for one
 * request after the other: a request costs no allocation.
 */
export class Exchange implements Outcome, Carrier {
  readonly connection: Connection;
  /** When the request was meant to start, in milliseconds from the run's start. */
  intendedMs = 0;
  /** The request's number in the whole schedule. */
  index = 0;
  /** Neighbours among the exchanges under way: older, younger. */
  older: Exchange | undefined;
  younger: Exchange | undefined;
  readonly #listener: ExchangeListener;

  /** `slot` is the exchange's place among its load's: the user, for closed arrivals. */
  constructor(
    context: ConnectionContext,
    listener: ExchangeListener,
    readonly slot: number,
  ) {
    this.#listener = listener;
    this.connection = new Connection(context, this);
  }

  answered(flaw: Failure | undefined, nowMs: number): void {
    this.#listener.answered(this, flaw, nowMs);
  }

  broke(failure: Failure, nowMs: number): void {
    this.#listener.broke(this, failure, nowMs);
  }
}
