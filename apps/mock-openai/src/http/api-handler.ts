import type { Answer, Endpoint, Model } from '../answers/answer';
import { ApiError, rateLimited, scriptedError } from '../answers/api-error';
import { toAscii } from '../answers/json-template';
import { modelOf } from '../endpoints/fields';
import type { RateLimiter } from '../limit/rate-limiter';
import { type Behaviour, behaviourOfModel } from '../options/behaviour';
import type { Alarm } from '../schedule/alarm';
import type { RandomDraws } from '../schedule/random-draws';
import { Timer } from '../schedule/timer-wheel';
import type { Statistics } from '../statistics/statistics';
import type { Exchange } from './exchange';
import { checkContentType, parseBody } from './request-body';
import { TokenPump } from './token-pump';

/** What answers hang on. The draws are apart, so that errors do not change the latencies of a seed. */
export interface Schedule {
  readonly behaviour: Behaviour;
  readonly alarm: Alarm;
  readonly latencies: RandomDraws;
  readonly errors: RandomDraws;
  readonly limiter: RateLimiter | undefined;
  readonly rateLimitPerSecond: number;
  /** Seconds since 1970. */
  readonly wallClock: () => number;
}

/** Models are few, unless somebody sends rubbish: then everything is forgotten, and learnt again. */
const MAX_MODELS = 1000;

/** Answers requests to the API's endpoints: validates, limits, fails on purpose, and answers when the schedule says. */
export class ApiHandler {
  private readonly models = new Map<string, Model>();

  constructor(
    private readonly schedule: Schedule,
    private readonly statistics: Statistics,
  ) {}

  /** Takes a complete request, at `exchange.arrivedMs`. */
  handle(exchange: Exchange, endpoint: Endpoint, received: Buffer | ApiError): void {
    try {
      if (received instanceof ApiError) throw received;
      checkContentType(exchange.request.rawHeaders);
      const { body, removed } = parseBody(received, endpoint.needsWholeText);
      const model = this.modelNamed(modelOf(body));
      this.admit(exchange, endpoint.read(body, model, removed), model.behaviour);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      refuse(exchange, error);
    }
  }

  private modelNamed(name: string): Model {
    const known = this.models.get(name);
    if (known !== undefined) return known;
    const behaviour = behaviourOfModel(name, this.schedule.behaviour);
    const model = { json: toAscii(JSON.stringify(name)), behaviour };
    if (this.models.size >= MAX_MODELS) this.models.clear();
    this.models.set(name, model);
    return model;
  }

  /** Only well-formed requests count against the limit. */
  private admit(exchange: Exchange, answer: Answer, behaviour: Behaviour): void {
    const waitMs = this.schedule.limiter?.() ?? 0;
    if (typeof waitMs === 'number') this.limitOrAnswer(exchange, answer, behaviour, waitMs);
    else void waitMs.then((wait) => this.limitOrAnswer(exchange, answer, behaviour, wait));
  }

  private limitOrAnswer(exchange: Exchange, answer: Answer, behaviour: Behaviour, waitMs: number): void {
    // The client may have gone while another process was asked.
    if (!exchange.open) return;
    if (waitMs > 0) refuse(exchange, rateLimited(this.schedule.rateLimitPerSecond, waitMs), ...retryAfter(waitMs));
    else if (behaviour.errorRate > 0 && this.schedule.errors.happens(behaviour.errorRate))
      this.fail(exchange, answer, behaviour);
    else if (answer.streamed) this.stream(exchange, answer, behaviour);
    else this.whole(exchange, answer, behaviour);
  }

  private whole(exchange: Exchange, answer: Answer, behaviour: Behaviour): void {
    this.after(exchange, this.latencyMs(behaviour), () => exchange.json(200, answer.json(this.stamp(exchange))));
  }

  private stream(exchange: Exchange, answer: Answer, behaviour: Behaviour): void {
    const stream = answer.stream(this.stamp(exchange));
    new TokenPump(exchange, stream, behaviour, this.schedule.alarm, this.statistics).start();
  }

  /** A failure takes as long as the first sign of success would: of a stream, its first token. */
  private fail(exchange: Exchange, { streamed }: Answer, behaviour: Behaviour): void {
    const error = scriptedError(behaviour.errorStatus);
    const delayMs = streamed ? behaviour.ttftMs : this.latencyMs(behaviour);
    const headers = error.status === 429 ? retryAfter(1000) : [];
    this.after(exchange, delayMs, () => refuse(exchange, error, ...headers));
  }

  private after(exchange: Exchange, delayMs: number, act: () => void): void {
    if (delayMs === 0) {
      act();
      return;
    }
    const { alarm } = this.schedule;
    const deadlineMs = exchange.arrivedMs + delayMs;
    exchange.timer = new Timer(() => {
      this.statistics.late(alarm.clock.now() - deadlineMs);
      act();
    });
    alarm.schedule(exchange.timer, deadlineMs);
  }

  private latencyMs({ latencyMs, latencySigma }: Behaviour): number {
    return latencySigma === 0 ? latencyMs : this.schedule.latencies.logNormal(latencyMs, latencySigma);
  }

  private stamp(exchange: Exchange): { id: string; created: string } {
    return { id: exchange.id, created: String(this.schedule.wallClock()) };
  }
}

/** Answers with an error at once. */
export function refuse(exchange: Exchange, error: ApiError, ...headers: readonly string[]): void {
  exchange.json(error.status, toAscii(error.toJson()), ...headers);
}

/** Whole seconds, as HTTP has it, and OpenAI's own finer header. */
function retryAfter(waitMs: number): readonly string[] {
  return ['retry-after', String(Math.ceil(waitMs / 1000)), 'retry-after-ms', String(Math.ceil(waitMs))];
}
