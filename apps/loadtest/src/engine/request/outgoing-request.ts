import type { Socket } from 'node:net';
import type { RequestCatalogue } from './request-catalogue';
import { writeToken } from './request-token';

/**
 * The request that a connection is about to send. What all requests share is never copied; the front, where the token goes, is
 * this connection's own, since a socket may still hold on to it while another connection writes its token.
 */
export class OutgoingRequest {
  readonly #catalogue: RequestCatalogue;
  #own: Buffer | undefined;
  #rest: Buffer | undefined;
  #front: Buffer = Buffer.alloc(0);

  constructor(catalogue: RequestCatalogue) {
    this.#catalogue = catalogue;
  }

  /** The first bytes to send. */
  get front(): Buffer {
    return this.#front;
  }

  /** Makes ready the request with this number. */
  prepare(index: number): void {
    const { front, rest, tokenAt } = this.#catalogue.bytesOf(index);
    this.#rest = rest;
    this.#front = tokenAt < 0 ? front : (this.#own ??= Buffer.from(front));
    if (tokenAt >= 0) writeToken(this.#front, tokenAt, this.#catalogue.seed, index);
  }

  /** Sends it with one system call. */
  writeTo(socket: Socket): void {
    if (this.#rest === undefined) {
      socket.write(this.#front);
      return;
    }
    socket.cork();
    socket.write(this.#front);
    socket.write(this.#rest);
    socket.uncork();
  }
}
