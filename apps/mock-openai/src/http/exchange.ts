import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Timer } from '../schedule/timer-wheel';

/** What an exchange reports to: its connection, and the counters. */
export interface ExchangeListener {
  answered(exchange: Exchange, status: number): void;
  clientGone(exchange: Exchange): void;
  /** Whether the server is on its way down, so that connections should close with their answers. */
  readonly draining: boolean;
}

/** One request on its way to its answer. It ends once: answered, or because its client went away. */
export class Exchange {
  /** When the last byte of the request was there; ms of the schedule's clock. */
  arrivedMs = 0;
  /** What this exchange waits for, if anything. */
  timer: Timer | undefined;
  private ended = false;

  constructor(
    /** The request's name in the statistics. */
    readonly path: string,
    /** 32 characters, unique. */
    readonly id: string,
    readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    private readonly listener: ExchangeListener,
  ) {}

  get open(): boolean {
    return !this.ended;
  }

  /** Answers with JSON in ASCII. */
  json(status: number, json: string, ...moreHeaders: readonly string[]): void {
    if (this.ended) return;
    // A flat array of headers is what Node turns into bytes with the least work; a text body leaves in the same write as they.
    const headers = ['Content-Type', 'application/json', 'Content-Length', String(json.length), ...moreHeaders];
    this.response.writeHead(status, this.withCommon(headers));
    this.response.end(json, 'latin1');
    this.end(status);
  }

  /** Opens an answer of server-sent events. */
  openStream(): void {
    const headers = ['Content-Type', 'text/event-stream; charset=utf-8', 'Cache-Control', 'no-cache'];
    this.response.writeHead(200, this.withCommon(headers));
  }

  /** Sends events, in ASCII. @returns false when the client does not keep up; then `resume` is called when it has */
  write(events: string, resume: () => void): boolean {
    const accepted = this.response.write(events, 'latin1');
    if (!accepted) this.response.once('drain', resume);
    return accepted;
  }

  /** Sends the last events. */
  closeStream(events: string): void {
    this.response.end(events, 'latin1');
    this.end(200);
  }

  /** The client went away; what is still to come is not sent. */
  abandon(): void {
    if (this.ended) return;
    this.ended = true;
    this.listener.clientGone(this);
  }

  private withCommon(headers: string[]): string[] {
    headers.push('x-request-id', `req_${this.id}`);
    if (this.listener.draining) headers.push('Connection', 'close');
    return headers;
  }

  private end(status: number): void {
    this.ended = true;
    this.listener.answered(this, status);
  }
}
