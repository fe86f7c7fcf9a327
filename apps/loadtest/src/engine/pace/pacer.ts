import { SpinAllowance } from './spin-allowance';

/** Things that have to be done at their times. */
export interface Agenda {
  /** When the next is due, in milliseconds from the run's start; Infinity when there is none. */
  readonly dueMs: number;
  /** Does the one that is due. */
  run(nowMs: number): void;
}

/** How time passes: the real clock and timers, or a test's. */
export interface Time {
  now(): number;
  /** Calls back once, not before so many whole milliseconds. @returns how to call it off */
  wakeAfter(delayMs: number, wake: () => void): () => void;
  /** Calls back once whatever has arrived meanwhile has been read. @returns how to call it off */
  wakeSoon(wake: () => void): () => void;
}

/** So many things are done in a row before answers are read again, so that a backlog does not make them look slow. */
const BATCH = 64;

const NOTHING: Agenda = { dueMs: Infinity, run: () => undefined };

/**
 * Does what is due, with one timer for everything. Node's timers are late by up to a millisecond or so; whoever reads the clock
 * for another reason calls `pump` too, so that under load things are done within a fraction of that.
 */
export class Pacer {
  readonly #time: Time;
  readonly #agendas: readonly Agenda[];
  readonly #allowance = new SpinAllowance();
  #armedForMs = Infinity;
  #disarm: () => void = () => undefined;
  #resuming = false;
  #pumping = false;
  #stopped = false;

  constructor(time: Time, agendas: readonly Agenda[]) {
    this.#time = time;
    this.#agendas = agendas;
  }

  /** Does what is due, and sees to it that the rest will be done. What is done may call this again. */
  pump(calledMs: number): void {
    if (this.#stopped || this.#pumping) return;
    this.#pumping = true;
    let left = BATCH;
    let nowMs = calledMs;
    for (let agenda = this.#next(); agenda.dueMs <= nowMs && left > 0; agenda = this.#next()) {
      agenda.run(nowMs);
      nowMs = this.#time.now();
      left -= 1;
    }
    const nextMs = this.#next().dueMs;
    this.#pumping = false;
    if (left === 0) this.#resumeSoon();
    else if (nextMs < this.#armedForMs) this.#arm(nextMs, nowMs);
  }

  /** Nothing more is done. */
  stop(): void {
    this.#stopped = true;
    this.#disarm();
  }

  /** The agenda whose turn it is; the first of them when two are due at once. */
  #next(): Agenda {
    let next = NOTHING;
    for (const agenda of this.#agendas) if (agenda.dueMs < next.dueMs) next = agenda;
    return next;
  }

  #resumeSoon(): void {
    if (this.#resuming) return;
    this.#resuming = true;
    this.#time.wakeSoon(() => {
      this.#resuming = false;
      this.pump(this.#time.now());
    });
  }

  /** A timer that is armed for an earlier time is left alone: it will find nothing to do, which costs less than moving it. */
  #arm(dueMs: number, armedMs: number): void {
    this.#disarm();
    this.#armedForMs = dueMs;
    const delayMs = dueMs - armedMs;
    const wholeMs = Math.floor(delayMs);
    // What a timer would be late by is what lies behind the point; short waits of that kind are spent turning.
    const precise = delayMs - wholeMs < this.#allowance.longestMs(armedMs);
    if (precise && wholeMs === 0) {
      this.#disarm = this.#time.wakeSoon(() => {
        const nowMs = this.#time.now();
        this.#allowance.spend(nowMs - armedMs);
        this.#wake(nowMs);
      });
    } else {
      const timerMs = precise ? wholeMs : wholeMs + 1;
      this.#disarm = this.#time.wakeAfter(timerMs, () => this.#wake(this.#time.now()));
    }
  }

  #wake(nowMs: number): void {
    this.#armedForMs = Infinity;
    this.pump(nowMs);
  }
}
