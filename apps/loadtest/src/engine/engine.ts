import type { Measurement } from '../measurement/measurement';
import { HealthMonitor, PROCESS_METER } from '../recorder/health-monitor';
import { LiveCounts } from '../recorder/live-counts';
import { Recorder } from '../recorder/recorder';
import type { Scenario } from '../scenario/scenario';
import type { Share } from '../schedule/share';
import { inWindow, type Phase, phaseAt, type Timeline, timelineOf } from '../schedule/timeline';
import { jsonCheck } from './answer/check-json';
import { apiOfPath } from './api';
import { ClosedLoad } from './closed-load';
import { Exchange, type ExchangeListener } from './exchange';
import type { Failure } from './failure';
import type { Dispatcher, Load } from './load';
import { OpenLoad } from './open-load';
import { type Agenda, Pacer } from './pace/pacer';
import { InFlight } from './pace/in-flight';
import { realTime } from './pace/real-time';
import { RunClock } from './pace/run-clock';
import { compileRequests } from './request/request-catalogue';
import { ConnectBackOff } from './transport/connect-back-off';
import { ConnectGate } from './transport/connect-gate';
import type { ConnectionContext } from './transport/connection';
import { endpointOf } from './transport/endpoint';
import { NameLookup } from './transport/name-lookup';

/** What one process's engine is told. */
export interface EngineOptions {
  readonly scenario: Scenario;
  /** Base address of the target. */
  readonly target: string;
  /** Sent as a bearer token. @default - none */
  readonly apiKey?: string;
  /** The scenario's headers with `env:NAME` replaced. @default - none */
  readonly headers?: Readonly<Record<string, string>>;
  readonly idleRoundTripUs: number;
  /** The lines of `prompt.file`. @default - none */
  readonly prompts?: readonly string[];
  /** The part of the schedule that this engine carries. */
  readonly share: Share;
}

/** What an engine is doing right now. */
export interface Glance {
  readonly elapsedMs: number;
  readonly phase: Phase;
  /** Of the whole run so far, the warm-up too. */
  readonly succeeded: number;
  readonly failed: number;
  readonly inFlight: number;
  /** Latencies since the last glance, as pairs of microseconds and count. */
  readonly latencies: readonly number[];
}

/** So many connections may be in the making at once: fewer than any server's backlog holds. */
const CONNECTING_AT_ONCE = 100;
const SAMPLE_EVERY_MS = 1_000;

/** Sends a scenario's requests at their times from one process, and measures what comes back. */
export class Engine implements ExchangeListener, Dispatcher<Exchange> {
  readonly #scenario: Scenario;
  readonly #timeline: Timeline;
  readonly #timeoutMs: number;
  readonly #clock = new RunClock();
  readonly #load: Load<Exchange>;
  readonly #inFlight = new InFlight<Exchange>();
  readonly #pacer: Pacer;
  readonly #health = new HealthMonitor(PROCESS_METER);
  readonly #live = new LiveCounts();
  readonly #newRecorder: (startedAtMs: number) => Recorder;
  #recorder: Recorder;
  #sampler: NodeJS.Timeout | undefined;
  #finish: (measurement: Measurement) => void = () => undefined;
  #windowOver = false;
  #finished = false;

  /** Compiles the requests and makes the users, but opens no connection. */
  constructor(options: EngineOptions) {
    const { scenario, target, share, idleRoundTripUs } = options;
    this.#scenario = scenario;
    this.#timeline = timelineOf(scenario);
    this.#timeoutMs = scenario.timeout * 1_000;
    this.#newRecorder = (startedAtMs) =>
      new Recorder({
        timeline: this.#timeline,
        timeoutMs: this.#timeoutMs,
        warmUpSeconds: scenario.warmUp,
        streaming: scenario.request.stream,
        idleRoundTripUs,
        startedAtMs,
        secrets: [options.apiKey ?? '', ...Object.values(options.headers ?? {})],
      });
    this.#recorder = this.#newRecorder(0);
    const endpoint = endpointOf(target, scenario.request.path);
    const context: ConnectionContext = {
      endpoint,
      requests: compileRequests(scenario, { ...options, endpoint }),
      expectation: {
        streaming: scenario.request.stream,
        checkJson: jsonCheck(apiOfPath(scenario.request.path)),
      },
      gate: new ConnectGate(CONNECTING_AT_ONCE),
      backOff: new ConnectBackOff(),
      names: new NameLookup(this.#clock.now),
      clock: this.#clock.now,
    };
    this.#load = this.#newLoad(share, (slot) => new Exchange(context, this, slot));
    this.#pacer = new Pacer(realTime(this.#clock.now), [this.#load, this.#deadlines()]);
  }

  /**
   * Runs the scenario. To be called once.
   * @param startMs when, on the clock of `machineNowMs`: processes that are given the same time carry one schedule together
   */
  run(startMs: number): Promise<Measurement> {
    this.#clock.startAt(startMs);
    this.#recorder = this.#newRecorder(Date.now() - this.#clock.now());
    return new Promise((resolve) => {
      this.#finish = resolve;
      this.#sampleAt(this.#timeline.windowStartMs);
      this.#pacer.pump(this.#clock.now());
    });
  }

  /** Stops sending at once; `run` ends with what was measured, marked partial unless it was over. */
  stop(): void {
    if (!this.#finished) this.#end(true);
  }

  glance(): Glance {
    const elapsedMs = Math.max(0, this.#clock.now());
    return {
      elapsedMs,
      phase: phaseAt(this.#timeline, elapsedMs),
      succeeded: this.#live.succeeded,
      failed: this.#live.failed,
      inFlight: this.#inFlight.size,
      latencies: this.#live.takeLatencies(),
    };
  }

  dispatch(exchange: Exchange, index: number, intendedMs: number, nowMs: number): void {
    exchange.intendedMs = intendedMs;
    exchange.index = index;
    this.#recorder.started(intendedMs, nowMs);
    this.#inFlight.add(exchange);
    exchange.connection.start(index, nowMs);
  }

  handOver(from: Exchange, to: Exchange, nowMs: number): void {
    to.intendedMs = from.intendedMs;
    to.index = from.index;
    this.#inFlight.replace(from, to);
    from.connection.abandon();
    to.connection.start(to.index, nowMs);
  }

  refuse(intendedMs: number, nowMs: number): void {
    this.#recorder.started(intendedMs, nowMs);
    this.#recorder.hitCap();
    this.#live.failed += 1;
    this.#recorder.timedOut('not sent: maxInFlight requests are under way already', intendedMs, nowMs);
  }

  answered(exchange: Exchange, flaw: Failure | undefined, nowMs: number): void {
    const { intendedMs, connection } = exchange;
    const { facts, headers } = connection.answer;
    if (nowMs - intendedMs >= this.#timeoutMs) this.#timedOut(exchange, nowMs);
    else if (flaw !== undefined) this.#failed(flaw, intendedMs, nowMs);
    else {
      this.#live.answered((nowMs - intendedMs) * 1_000);
      this.#recorder.succeeded(intendedMs, connection.sentMs, nowMs, facts);
      this.#recorder.sawVersion(headers.litellmVersion);
    }
    this.#settled(exchange, nowMs, true);
  }

  broke(exchange: Exchange, failure: Failure, nowMs: number): void {
    this.#failed(failure, exchange.intendedMs, nowMs);
    this.#settled(exchange, nowMs, failure.failureClass !== 'connect' && failure.failureClass !== 'tls');
  }

  #newLoad(share: Share, newCarrier: (slot: number) => Exchange): Load<Exchange> {
    const { arrival, seed } = this.#scenario;
    const common = { seed, share, endMs: this.#timeline.windowEndMs, newCarrier, dispatcher: this };
    return 'closed' in arrival
      ? new ClosedLoad({ ...common, arrival: arrival.closed })
      : new OpenLoad({ ...common, arrival: arrival.open });
  }

  #deadlines(): Agenda {
    const inFlight = this.#inFlight;
    const timeoutMs = this.#timeoutMs;
    return {
      get dueMs() {
        return inFlight.oldest === undefined ? Infinity : inFlight.oldest.intendedMs + timeoutMs;
      },
      run: (nowMs) => {
        const { oldest } = inFlight;
        if (oldest === undefined) return;
        oldest.connection.abandon();
        this.#timedOut(oldest, nowMs);
        this.#settled(oldest, nowMs, true);
      },
    };
  }

  #failed({ failureClass, words }: Failure, intendedMs: number, nowMs: number): void {
    this.#live.failed += 1;
    this.#recorder.failed(failureClass, words, intendedMs, nowMs);
  }

  #timedOut({ connection, intendedMs }: Exchange, nowMs: number): void {
    this.#live.failed += 1;
    const where = Number.isNaN(connection.sentMs) ? 'no connection' : 'no complete answer';
    this.#recorder.timedOut(`${where} within ${this.#timeoutMs / 1_000} s`, intendedMs, nowMs);
  }

  #settled(exchange: Exchange, nowMs: number, connected: boolean): void {
    this.#inFlight.remove(exchange);
    this.#load.ended(exchange, nowMs, connected);
    this.#pacer.pump(nowMs);
    this.#endIfOver(nowMs);
  }

  /** Seconds of the window, and its end. */
  #sampleAt(dueMs: number): void {
    const { windowStartMs, windowEndMs } = this.#timeline;
    this.#sampler = setTimeout(
      () => {
        const nowMs = this.#clock.now();
        if (dueMs === windowStartMs) this.#health.open(nowMs);
        else this.#health.sample(nowMs);
        if (dueMs < windowEndMs) this.#sampleAt(Math.min(dueMs + SAMPLE_EVERY_MS, windowEndMs));
        else this.#windowOver = true;
        this.#endIfOver(nowMs);
      },
      Math.max(1, Math.ceil(dueMs - this.#clock.now())),
    );
  }

  /**
   * Timers may be a fraction of a millisecond early, and a request that is refused at once may end just before the window does but
   * after the last sample: nobody would ask again. So once the last sample is taken, the clock has no say any more.
   */
  #endIfOver(nowMs: number): void {
    if (this.#inFlight.size > 0 || this.#finished) return;
    if (!this.#windowOver && nowMs < this.#timeline.windowEndMs) return;
    if (this.#load.dueMs === Infinity) this.#end(false);
  }

  #end(partial: boolean): void {
    this.#finished = true;
    this.#pacer.stop();
    clearTimeout(this.#sampler);
    const endMs = this.#clock.now();
    this.#health.sample(Math.min(endMs, this.#timeline.windowEndMs));
    const unfinished = [...this.#inFlight].filter(({ intendedMs }) => inWindow(this.#timeline, intendedMs)).length;
    this.#load.close();
    this.#finish(this.#recorder.toMeasurement({ endMs, partial, unfinished }, this.#health));
  }
}
