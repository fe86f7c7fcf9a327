import type { TokenStream } from '../answers/answer';
import type { Behaviour } from '../options/behaviour';
import type { Alarm } from '../schedule/alarm';
import { Timer } from '../schedule/timer-wheel';
import type { Statistics } from '../statistics/statistics';
import type { Exchange } from './exchange';

/**
 * Sends a stream, token by token. Every token has its own deadline, counted from the request, not from the token before:
 * what one token is late, the next one makes good. All that is due leaves in one write.
 *
 * The role event leaves together with the first token, and the end together with the last, so that the first byte, the first event and the
 * first token all come after the same time, and the answer takes exactly ttft + gap x (tokens - 1).
 */
export class TokenPump {
  private next = 0;
  /** What a client that did not keep up has delayed is not the mock's lateness. */
  private held = false;

  constructor(
    private readonly exchange: Exchange,
    private readonly stream: TokenStream,
    private readonly behaviour: Behaviour,
    private readonly alarm: Alarm,
    private readonly statistics: Statistics,
  ) {}

  start(): void {
    this.exchange.timer = new Timer(() => this.pump());
    if (this.deadlineMs(0) <= this.alarm.clock.now()) this.pump();
    else this.wait();
  }

  private wait(): void {
    const { timer, open } = this.exchange;
    if (timer !== undefined && open) this.alarm.schedule(timer, this.deadlineMs(this.next));
  }

  private pump(): void {
    const nowMs = this.alarm.clock.now();
    const { stream } = this;
    const first = this.next;
    let events = '';
    if (first === 0) {
      this.exchange.openStream();
      events = stream.start();
    }
    for (; this.next < stream.tokens && this.deadlineMs(this.next) <= nowMs; this.next++) {
      events += stream.token(this.next);
      if (!this.held) this.statistics.late(nowMs - this.deadlineMs(this.next));
    }
    this.held = false;
    this.statistics.streamed(this.next - first);
    if (this.next === stream.tokens) this.exchange.closeStream(events + stream.end());
    else if (this.exchange.write(events, () => this.resume())) this.wait();
  }

  private resume(): void {
    this.held = true;
    this.wait();
  }

  private deadlineMs(token: number): number {
    return this.exchange.arrivedMs + this.behaviour.ttftMs + token * this.behaviour.gapMs;
  }
}
