import type { AnswerFacts } from '../../recorder/answer-facts';
import type { Failure } from '../failure';
import { EventStream } from './event-stream';
import { readFrame } from './stream-frame';

/** Follows one streamed answer: when its content tokens came, whether it was completed. */
export class StreamAnswer {
  readonly #facts: AnswerFacts;
  readonly #events = new EventStream((data) => this.#frame(data));
  #nowMs = 0;
  #lastTokenMs = 0;
  #frames = 0;
  #usage: number | undefined;
  #finished = false;
  #problem: string | undefined;

  constructor(facts: AnswerFacts) {
    this.#facts = facts;
  }

  /** A stream begins. */
  begin(): void {
    this.#events.reset();
    this.#frames = 0;
    this.#usage = undefined;
    this.#finished = false;
    this.#problem = undefined;
  }

  /** More of it has come. The bytes are not kept. */
  push(bytes: Buffer, nowMs: number): void {
    if (this.#problem !== undefined) return;
    this.#nowMs = nowMs;
    try {
      this.#events.push(bytes);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#problem = error.message;
    }
  }

  /** The answer has ended. @returns what was wrong with it, if anything */
  end(): Failure | undefined {
    const problem = this.#problem ?? this.#shortcoming();
    if (problem !== undefined) return { failureClass: 'content', words: problem };
    this.#facts.outputTokens = this.#usage ?? this.#frames;
    return undefined;
  }

  #shortcoming(): string | undefined {
    if (!this.#finished) return 'the stream ended without [DONE] or a finish_reason';
    return this.#frames === 0 ? 'a stream without a single content token' : undefined;
  }

  #frame(data: string): void {
    const { token, finished, outputTokens, problem } = readFrame(data);
    this.#problem ??= problem;
    this.#finished ||= finished;
    this.#usage = outputTokens ?? this.#usage;
    if (token) this.#token();
  }

  #token(): void {
    const facts = this.#facts;
    if (this.#frames === 0) {
      facts.firstTokenMs = this.#nowMs;
      facts.gapCount = 0;
    } else {
      if (facts.gapCount === facts.gapsMs.length) facts.gapsMs = twiceAsLong(facts.gapsMs);
      facts.gapsMs[facts.gapCount] = this.#nowMs - this.#lastTokenMs;
      facts.gapCount += 1;
    }
    this.#lastTokenMs = this.#nowMs;
    this.#frames += 1;
  }
}

function twiceAsLong(values: Float64Array): Float64Array {
  const longer = new Float64Array(Math.max(64, values.length * 2));
  longer.set(values);
  return longer;
}
