/**
 * What `Connection` uses of autocannon's client class, version 9.0.0, and of the parser in it. Neither is public: the versions
 * are pinned exactly, and test/engine/autocannon-contract.spec.ts holds every member.
 */
declare module 'autocannon/lib/httpClient' {
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';

  namespace Client {
    /** What the parser knows when a head is complete. */
    interface ResponseHead {
      readonly statusCode: number;
      readonly statusMessage: string;
      /** Names and values in turn, names as they were sent. */
      readonly headers: readonly string[];
      readonly shouldKeepAlive: boolean;
    }

    /** http-parser-js, which looks its callbacks up under the numbers of `HTTPParser`'s constants. */
    interface Parser {
      [callback: number]: unknown;
      maxHeaderSize: number;
      /** Bytes that the current body or chunk still has; null when unknown. */
      body_bytes: number | null;
      state: string;
      /** How far `execute` has come in its bytes. */
      readonly offset: number;
      execute(bytes: Buffer, start: number, length: number): number | Error;
      /** The peer has closed. */
      finish(): Error | undefined;
      /** Forgets everything but the callbacks. */
      reinitialize(type: 'RESPONSE'): void;
      /** The next line if it is complete. */
      consumeLine(): string | undefined;
      BODY_CHUNKHEAD(): void;
    }
  }

  class Client extends EventEmitter {
    /** Copies the options deeply and calls `_connect`. */
    constructor(options: { hostname: string; port: number; protocol: 'http:' | 'https:' });
    protected conn: Socket | undefined;
    protected readonly parser: Client.Parser;
    protected readonly timeoutTicker: { clear(): void };
    protected destroyed: boolean;
    /** Opens `conn`. */
    protected _connect(): void;
    /** Writes the request buffer to `conn`. */
    protected _doRequest(): void;
    /** Destroys `conn` and drops its listeners. */
    protected _destroyConnection(): void;
    protected getRequestBuffer(): Buffer;
    /** Ends the client for good. */
    destroy(): void;
  }
  export = Client;
}
