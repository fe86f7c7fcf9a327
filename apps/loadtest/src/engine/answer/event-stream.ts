const [LINE_FEED, CARRIAGE_RETURN, COLON, SPACE] = [0x0a, 0x0d, 0x3a, 0x20];
const DATA = Buffer.from('data');
const NOTHING = Buffer.alloc(0);
/** A line of a stream that is longer than this is no event of a completion. */
const LONGEST_LINE = 4 * 1024 * 1024;

/**
 * Takes Server-Sent Events apart (https://html.spec.whatwg.org/multipage/server-sent-events.html) whatever pieces they come in:
 * bytes are cut at line ends alone and decoded line by line, so that no character is ever split. Only `data` is kept.
 */
export class EventStream {
  readonly #onData: (data: string) => void;
  #unfinished: Buffer = NOTHING;
  #data: string | undefined;
  /** The last line ended in a carriage return, so that a line feed that follows belongs to it. */
  #afterReturn = false;

  /** @param onData is given each event's data as soon as the empty line after it has come */
  constructor(onData: (data: string) => void) {
    this.#onData = onData;
  }

  /** Forgets what was begun. */
  reset(): void {
    this.#unfinished = NOTHING;
    this.#data = undefined;
    this.#afterReturn = false;
  }

  /**
   * Reads on. The bytes are not kept.
   * @throws {RangeError} when a line does not end
   */
  push(bytes: Buffer): void {
    const text = this.#unfinished.length === 0 ? bytes : Buffer.concat([this.#unfinished, bytes]);
    let start = 0;
    // Where the search goes on: the unfinished part holds no line end.
    let at = this.#unfinished.length;
    for (; at < text.length; at += 1) {
      const byte = text[at];
      if (byte !== LINE_FEED && byte !== CARRIAGE_RETURN) continue;
      if (byte === LINE_FEED && this.#afterReturn && at === start) start = at + 1;
      else {
        this.#line(text, start, at);
        start = at + 1;
      }
      this.#afterReturn = byte === CARRIAGE_RETURN;
    }
    if (start < text.length) this.#afterReturn = false;
    if (text.length - start > LONGEST_LINE) throw new RangeError('a line of the stream does not end');
    this.#unfinished = start < text.length ? Buffer.from(text.subarray(start)) : NOTHING;
  }

  #line(text: Buffer, start: number, end: number): void {
    if (start === end) {
      const data = this.#data;
      this.#data = undefined;
      if (data !== undefined) this.#onData(data);
      return;
    }
    const value = dataAt(text, start, end);
    if (value < 0) return;
    const words = text.toString('utf8', value, end);
    this.#data = this.#data === undefined ? words : `${this.#data}\n${words}`;
  }
}

/** Where the value of a `data` field begins; -1 for other fields and comments. */
function dataAt(text: Buffer, start: number, end: number): number {
  for (let at = 0; at < DATA.length; at += 1) if (text[start + at] !== DATA[at]) return -1;
  const after = start + DATA.length;
  if (after === end) return end;
  if (text[after] !== COLON) return -1;
  return text[after + 1] === SPACE && after + 1 < end ? after + 2 : after + 1;
}
