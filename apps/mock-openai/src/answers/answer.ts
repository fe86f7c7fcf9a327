import type { Behaviour } from '../options/behaviour';

/** A request body that is known to be a JSON object, nothing more. */
export type Body = Readonly<Record<string, unknown>>;

/** The model as a request named it. */
export interface Model {
  /** Its name as JSON, in ASCII. */
  readonly json: string;
  readonly behaviour: Behaviour;
}

/** What tells one answer from the next. */
export interface Stamp {
  /** 32 characters, unique over all workers and restarts; the endpoints put `chatcmpl-` or the like before it. */
  readonly id: string;
  /** Seconds since 1970, as JSON. */
  readonly created: string;
}

/** What a well-formed request gets. All texts are ASCII. */
export interface Answer {
  /** Whether the request asked for a stream. */
  readonly streamed: boolean;
  /** The whole answer. */
  json(stamp: Stamp): string;
  /** The answer token by token. */
  stream(stamp: Stamp): TokenStream;
}

/** Server-sent events of one answer. */
export interface TokenStream {
  readonly tokens: number;
  /** Events before the first token. */
  start(): string;
  /** Events of token `index`, counted from 0. */
  token(index: number): string;
  /** Events after the last token. */
  end(): string;
}

/** One endpoint of the API. */
export interface Endpoint {
  /** Without `/v1`. */
  readonly path: string;
  /** Whether an answer hangs on more of a long text than its length. */
  readonly needsWholeText: boolean;
  /**
   * Holds a request against the API's rules. `removed` characters of text have been cut out of its long strings.
   * @throws {ApiError} 400 as OpenAI would
   */
  read(body: Body, model: Model, removed: number): Answer;
}
