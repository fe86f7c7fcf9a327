import type { ResponseHead } from 'autocannon/lib/httpClient';
import type { AnswerFacts } from '../../recorder/answer-facts';
import { type Failure, statusClass } from '../failure';
import { noHeaders, readHeaders } from './answer-headers';
import { contentFailure, type JsonCheck } from './check-json';
import { quotedWords } from './quoted-words';
import { StreamAnswer } from './stream-answer';

/** One answer in this many is parsed in full. */
const THOROUGH_EVERY = 100;
/** What is kept of an answer that failed, for its words. */
const KEPT_OF_FAILURES = 8 * 1024;
/** No completion is larger; what is, would fill the generator's memory. */
const LARGEST_BODY = 16 * 1024 * 1024;

/** What an answer is held against. */
export interface Expectation {
  readonly streaming: boolean;
  readonly checkJson: JsonCheck;
}

/** Reads one answer after the other on a connection, and judges each. */
export class Answer {
  readonly headers = noHeaders();
  readonly facts: AnswerFacts = {
    outputTokens: 0,
    overheadMs: NaN,
    responseMs: NaN,
    firstTokenMs: NaN,
    gapsMs: new Float64Array(0),
    gapCount: 0,
  };
  readonly #expectation: Expectation;
  readonly #stream = new StreamAnswer(this.facts);
  #count = 0;
  #status = 0;
  #reason = '';
  #streamed = false;
  /** The body as far as it has come: in one piece, mostly. */
  #first: Buffer | undefined;
  #more: Buffer[] = [];
  #size = 0;
  /** How many of the pieces are this answer's own. */
  #copied = 0;

  constructor(expectation: Expectation) {
    this.#expectation = expectation;
  }

  /** The head is complete. */
  begin({ statusCode, statusMessage, headers: raw }: ResponseHead): void {
    this.#status = statusCode;
    this.#reason = statusMessage;
    this.#first = undefined;
    if (this.#more.length > 0) this.#more = [];
    this.#size = this.#copied = 0;
    this.#count += 1;
    const { headers, facts } = this;
    readHeaders(raw, headers);
    facts.overheadMs = headers.overheadMs;
    facts.responseMs = headers.responseMs;
    this.#streamed =
      this.#expectation.streaming &&
      statusClass(statusCode) === undefined &&
      /^text\/event-stream/i.test(headers.contentType);
    if (this.#streamed) this.#stream.begin();
  }

  /** More of the body has come. The bytes are good until `keep`. */
  push(bytes: Buffer, nowMs: number): void {
    if (this.#streamed) {
      this.#stream.push(bytes, nowMs);
      return;
    }
    this.#size += bytes.length;
    if (this.#first === undefined) this.#first = bytes;
    else if (this.#size <= (statusClass(this.#status) === undefined ? LARGEST_BODY : KEPT_OF_FAILURES))
      this.#more.push(bytes);
  }

  /** The answer goes on, and the bytes that were pushed are about to be overwritten. */
  keep(): void {
    if (this.#first === undefined) return;
    if (this.#copied === 0) this.#first = Buffer.from(this.#first);
    for (let at = Math.max(0, this.#copied - 1); at < this.#more.length; at += 1)
      this.#more[at] = Buffer.from(this.#more[at] ?? []);
    this.#copied = this.#more.length + 1;
  }

  /** The answer is complete. @returns what was wrong with it, if anything */
  end(): Failure | undefined {
    const failureClass = statusClass(this.#status);
    if (failureClass !== undefined)
      return { failureClass, words: `${this.#statusLine()}: ${quotedWords(this.#body())}` };
    const { contentEncoding, contentType } = this.headers;
    if (contentEncoding !== '')
      return { failureClass: 'content', words: `unasked content-encoding ${contentEncoding}` };
    if (this.#streamed) return this.#stream.end();
    if (this.#expectation.streaming)
      return contentFailure(`no stream but ${contentType || 'no content-type'}`, this.#body());
    if (this.#size > LARGEST_BODY) return { failureClass: 'content', words: `a body of ${this.#size} bytes` };
    const { failure, outputTokens } = this.#expectation.checkJson(this.#body(), this.#count % THOROUGH_EVERY === 1);
    this.facts.outputTokens = outputTokens;
    return failure;
  }

  #statusLine(): string {
    return this.#reason === '' ? String(this.#status) : `${this.#status} ${this.#reason}`;
  }

  #body(): Buffer {
    const first = this.#first ?? Buffer.alloc(0);
    return this.#more.length === 0 ? first : Buffer.concat([first, ...this.#more]);
  }
}
