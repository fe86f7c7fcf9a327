/** What one pass over the bytes of a JSON answer can tell, without building any of it. */
export interface JsonOutline {
  /** One object, closed as often as opened, with nothing but white space around it. */
  readonly complete: boolean;
  /** The key at the top holds a list with something in it. */
  readonly filled: boolean;
  /** There is an `error` at the top that is not null. */
  readonly error: boolean;
  /** `completion_tokens` or `output_tokens`, wherever it is; 0 when it is not there. */
  readonly outputTokens: number;
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];
const [ZERO, NINE, SMALL_N] = [0x30, 0x39, 0x6e];

const ERROR = Buffer.from('error');
const COMPLETION_TOKENS = Buffer.from('completion_tokens');
const OUTPUT_TOKENS = Buffer.from('output_tokens');

/**
 * Looks through an answer in one pass, for less than half of what parsing takes (long strings cost next to nothing). It sees
 * what goes wrong in practice: an empty body, a page of HTML, an error with status 200, an answer cut off. It is no validator: every hundredth answer is
 * parsed besides. `listKey` is the key that must hold a list with something in it, such as `choices`.
 */
export function outlineJson(body: Buffer, listKey: Buffer): JsonOutline {
  const { length } = body;
  let at = skipSpace(body, 0);
  let [depth, keyComes, filled, error, outputTokens] = [0, false, false, false, 0];
  if (body[at] !== OPEN_BRACE) return { complete: false, filled, error, outputTokens };
  for (; at < length; at += 1) {
    const byte = body[at];
    if (byte === QUOTE) {
      const start = at + 1;
      at = endOfString(body, start);
      if (depth === 1 && keyComes) {
        keyComes = false;
        if (matches(body, start, at, listKey)) filled = holdsSomething(body, at + 1);
        else if (matches(body, start, at, ERROR)) error = body[valueAfter(body, at + 1)] !== SMALL_N;
      } else if (matches(body, start, at, COMPLETION_TOKENS) || matches(body, start, at, OUTPUT_TOKENS))
        outputTokens = numberAt(body, valueAfter(body, at + 1));
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth += 1;
      keyComes = depth === 1;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth -= 1;
      if (depth === 0) break;
    } else if (byte === COMMA && depth === 1) keyComes = true;
  }
  const complete = depth === 0 && at < length && skipSpace(body, at + 1) === length;
  return { complete, filled, error, outputTokens };
}

/** A string longer than this is worth a call of the native search. */
const SHORT_STRING = 24;

/** Where the closing quote is; the length, or beyond it, when there is none. */
function endOfString(body: Buffer, start: number): number {
  const short = Math.min(body.length, start + SHORT_STRING);
  let at = start;
  while (at < short && body[at] !== QUOTE) at += body[at] === BACKSLASH ? 2 : 1;
  if (at < short || short === body.length) return at;
  for (let quote = body.indexOf(QUOTE, at); quote >= 0; quote = body.indexOf(QUOTE, quote + 1))
    if (!isEscaped(body, quote, at)) return quote;
  return body.length;
}

/** Whether an odd number of backslashes, back to where no escape is open, stands before a place. */
function isEscaped(body: Buffer, place: number, from: number): boolean {
  let at = place;
  while (at > from && body[at - 1] === BACKSLASH) at -= 1;
  return (place - at) % 2 === 1;
}

function matches(body: Buffer, start: number, end: number, word: Buffer): boolean {
  if (end - start !== word.length) return false;
  for (let at = 0; at < word.length; at += 1) if (body[start + at] !== word[at]) return false;
  return true;
}

/** Where the value after a key begins. */
function valueAfter(body: Buffer, at: number): number {
  const colon = skipSpace(body, at);
  return body[colon] === COLON ? skipSpace(body, colon + 1) : body.length;
}

function holdsSomething(body: Buffer, at: number): boolean {
  const value = valueAfter(body, at);
  if (body[value] !== OPEN_BRACKET) return false;
  const first = skipSpace(body, value + 1);
  return first < body.length && body[first] !== CLOSE_BRACKET;
}

function numberAt(body: Buffer, start: number): number {
  let value = 0;
  for (let at = start; at < body.length; at += 1) {
    const byte = body[at] ?? 0;
    if (byte < ZERO || byte > NINE) break;
    value = value * 10 + (byte - ZERO);
  }
  return value;
}

function skipSpace(body: Buffer, start: number): number {
  let at = start;
  for (; at < body.length; at += 1) {
    const byte = body[at];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
  }
  return at;
}
