import { connect, type Socket, type TcpNetConnectOpts } from 'node:net';
import { connect as connectTls } from 'node:tls';
import Client, { type ResponseHead } from 'autocannon/lib/httpClient';
import { HTTPParser } from 'http-parser-js';
import { Answer, type Expectation } from '../answer/answer';
import { type ConnectionStage, type Failure, socketFailure } from '../failure';
import { OutgoingRequest } from '../request/outgoing-request';
import type { RequestCatalogue } from '../request/request-catalogue';
import type { ConnectBackOff } from './connect-back-off';
import type { Caller, ConnectGate } from './connect-gate';
import type { Endpoint } from './endpoint';
import type { NameLookup } from './name-lookup';
import { refuseBadChunkSizes } from './strict-chunks';

/** What all connections to a target share. */
export interface ConnectionContext {
  readonly endpoint: Endpoint;
  readonly requests: RequestCatalogue;
  readonly expectation: Expectation;
  readonly gate: ConnectGate;
  readonly backOff: ConnectBackOff;
  readonly names: NameLookup;
  /** The run's clock, in milliseconds. */
  readonly clock: () => number;
}

/** Where each request's end is told; exactly one of the two per request, and never while `start` is running but for a refusal. */
export interface Outcome {
  /** The answer is complete; `flaw` says what is wrong with it, if anything. */
  answered(flaw: Failure | undefined, nowMs: number): void;
  /** There will be no answer. */
  broke(failure: Failure, nowMs: number): void;
}

/** Answers are read into these bytes, on all connections: what is needed later is copied out. */
const ARRIVING = Buffer.allocUnsafeSlow(64 * 1024);
/**
 * Gateways report a lot about themselves; what goes on for longer than this is no head of an answer. (The parser counts up to 64 KB
 * of the answer before along with it.)
 */
const LARGEST_HEAD = 512 * 1024;
/** A connection is not used in the last second (or half) of its time, when the server may be closing it already. */
const RETIRED_EARLY_MS = 1_000;
/** Of several addresses, the next is tried after so long. Node's own quarter of a second is less than some round trips. */
const NEXT_ADDRESS_AFTER_MS = 1_000;
/** What an answer may begin with: HTTP, or an empty line too many after the answer before. */
const BEGINNINGS = new Set(Buffer.from('H\r\n'));

/**
 * One user's way to the target: sends a request, reads its answer, and keeps the socket for the next as a browser or an SDK
 * would. Autocannon's client does the parsing; what it does about rates, timeouts, reconnecting and TLS is replaced, for the
 * reasons in docs/decisions/0030-autocannon-as-a-part.md. Requests are never pipelined.
 */
export class Connection extends Client implements Caller {
  readonly answer: Answer;
  readonly #context: ConnectionContext;
  readonly #outcome: Outcome;
  readonly #request: OutgoingRequest;
  readonly #options: TcpNetConnectOpts;
  #stage: 'closed' | 'waiting' | ConnectionStage = 'closed';
  /** A request is waiting for its answer. */
  #busy = false;
  /** Bytes of its answer have come. */
  #begun = false;
  #complete = false;
  /** Where in the bytes that have come the answer ended. */
  #endedAt = 0;
  #informational = false;
  #keepAlive = true;
  #usableUntilMs = Infinity;
  #broken: string | undefined;
  #nowMs = 0;
  #sentMs = 0;

  constructor(context: ConnectionContext, outcome: Outcome) {
    const { endpoint } = context;
    super({ hostname: endpoint.hostname, port: endpoint.port, protocol: endpoint.secure ? 'https:' : 'http:' });
    this.timeoutTicker.clear();
    this.#context = context;
    this.#outcome = outcome;
    this.#request = new OutgoingRequest(context.requests);
    this.answer = new Answer(context.expectation);
    this.#options = {
      host: endpoint.hostname,
      port: endpoint.port,
      lookup: context.names.lookup,
      // Otherwise the end of a long request waits for the target's delayed acknowledgement.
      noDelay: true,
      autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS,
      onread: { buffer: ARRIVING, callback: (length) => this.#received(length) },
    };
    this.#replaceParserCallbacks();
  }

  /** Whether a request could go out at once. */
  get open(): boolean {
    return this.#stage === 'open' && this.#context.clock() < this.#usableUntilMs;
  }

  /** Whether the request waits for its turn to open a connection. */
  get waiting(): boolean {
    return this.#stage === 'waiting';
  }

  /** When the request's first byte went out; NaN when it never did. */
  get sentMs(): number {
    return this.#sentMs;
  }

  /** Sends a request, over a new socket if need be. The one before must have ended. */
  start(index: number, nowMs: number): void {
    this.#request.prepare(index);
    this.#busy = true;
    this.#begun = this.#complete = false;
    this.#sentMs = NaN;
    if (this.#stage === 'open' && nowMs >= this.#usableUntilMs) this.#hangUp();
    const refusal = this.#stage === 'open' ? undefined : this.#context.backOff.refusal(nowMs);
    if (refusal !== undefined) this.#fail(refusal, nowMs);
    else if (this.#stage === 'open') this._doRequest();
    else {
      this.#stage = 'waiting';
      this.#context.gate.enter(this);
    }
  }

  /** Gives the request up without telling the outcome. */
  abandon(): void {
    this.#busy = false;
    this.#hangUp();
  }

  admitted(): void {
    this._connect();
  }

  override destroy(): void {
    this.abandon();
    super.destroy();
  }

  protected override _connect(): void {
    // The base class's constructor connects before this class has its fields.
    if (!(#context in this)) return;
    const { endpoint } = this.#context;
    this.#stage = 'connecting';
    this.parser.reinitialize(HTTPParser.RESPONSE);
    const socket: Socket = endpoint.secure
      ? connectTls({
          ...this.#options,
          ALPNProtocols: ['http/1.1'],
          ...(endpoint.servername === undefined ? {} : { servername: endpoint.servername }),
        })
      : connect(this.#options);
    this.conn = socket;
    socket.once('connect', () => {
      this.#stage = 'handshake';
      if (!endpoint.secure) this.#opened();
    });
    if (endpoint.secure) socket.once('secureConnect', () => this.#opened());
    socket.on('error', (error) => this.#lost(error));
    socket.on('end', () => this.#ended());
  }

  protected override _doRequest(): void {
    if (this.conn === undefined) return;
    // The parser forgets its limit with each answer.
    this.parser.maxHeaderSize = LARGEST_HEAD;
    this.#sentMs = this.#context.clock();
    this.#request.writeTo(this.conn);
  }

  protected override _destroyConnection(): void {
    if (this.conn === undefined) return;
    super._destroyConnection();
    this.conn = undefined;
  }

  protected override getRequestBuffer(): Buffer {
    return this.#request.front;
  }

  #replaceParserCallbacks(): void {
    const { parser } = this;
    refuseBadChunkSizes(parser);
    parser[HTTPParser.kOnHeaders] = () => undefined;
    parser[HTTPParser.kOnHeadersComplete] = (head: ResponseHead) => this.#head(head);
    parser[HTTPParser.kOnBody] = (bytes: Buffer) => {
      // What comes after the answer's end belongs to no request.
      if (!this.#complete) this.answer.push(bytes, this.#nowMs);
    };
    parser[HTTPParser.kOnMessageComplete] = () => {
      if (this.#informational || this.#complete) return;
      this.#complete = true;
      this.#endedAt = parser.offset;
    };
  }

  #opened(): void {
    this.#stage = 'open';
    this.#usableUntilMs = Infinity;
    this.#context.gate.leave();
    this.#context.backOff.succeeded();
    if (this.#busy) this._doRequest();
  }

  /** Bytes lie in `ARRIVING`. */
  #received(length: number): boolean {
    this.#nowMs = this.#context.clock();
    // Nothing was asked: the server says that it is about to close, and may be taken at its word.
    if (!this.#busy) this.#hangUp();
    else this.#read(length);
    return true;
  }

  #read(length: number): void {
    if (!this.#begun) {
      this.#begun = true;
      this.#broken = BEGINNINGS.has(ARRIVING[0] ?? 0) ? undefined : 'an answer that does not begin with HTTP/';
    }
    const parsed = this.#broken === undefined ? this.parser.execute(ARRIVING, 0, length) : 0;
    if (parsed instanceof Error) this.#broken ??= parsed.message;
    if (this.#complete) this.#finish(this.#endedAt < length);
    else if (this.#broken === undefined) this.answer.keep();
    else this.#fail({ failureClass: 'protocol', words: this.#broken }, this.#nowMs);
  }

  #head(head: ResponseHead): void {
    if (this.#complete) return;
    this.#informational = head.statusCode < 200;
    if (head.statusCode === 101) this.#broken = '101 Switching Protocols, which nobody asked for';
    if (this.#informational) return;
    this.answer.begin(head);
    if (this.answer.headers.badLength) this.#broken = 'a Content-Length that is no number';
    this.#keepAlive = head.shouldKeepAlive;
  }

  /** @param dirty whether the server sent more than the answer */
  #finish(dirty: boolean): void {
    const flaw = this.answer.end();
    const unread = (this.conn?.writableLength ?? 0) > 0;
    this.#busy = false;
    if (dirty || unread || !this.#keepAlive) this.#hangUp();
    const keptMs = this.answer.headers.keepAliveSeconds * 1_000;
    if (keptMs >= 0) this.#usableUntilMs = this.#nowMs + keptMs - Math.min(RETIRED_EARLY_MS, keptMs / 2);
    this.#outcome.answered(flaw, this.#nowMs);
  }

  #ended(): void {
    this.#nowMs = this.#context.clock();
    // A body without a length ends with the connection.
    if (this.#busy && this.#begun && this.parser.finish() === undefined && this.#complete) {
      this.#finish(true);
      return;
    }
    const words = this.#begun ? 'closed in the middle of an answer' : 'closed without an answer';
    this.#lost(Object.assign(new Error(`the target ${words}`), { code: 'ECONNRESET' }));
  }

  #lost(error: Error): void {
    const stage = this.#stage === 'closed' || this.#stage === 'waiting' ? 'open' : this.#stage;
    const failure = socketFailure(error, stage);
    const nowMs = this.#context.clock();
    if (stage !== 'open') this.#context.backOff.failed(failure, nowMs);
    if (this.#busy) this.#fail(failure, nowMs);
    else this.#hangUp();
  }

  #fail(failure: Failure, nowMs: number): void {
    this.#busy = false;
    this.#hangUp();
    this.#outcome.broke(failure, nowMs);
  }

  #hangUp(): void {
    const stage = this.#stage;
    this.#stage = 'closed';
    if (stage === 'waiting') this.#context.gate.giveUp(this);
    this._destroyConnection();
    if (stage === 'connecting' || stage === 'handshake') this.#context.gate.leave();
  }
}
