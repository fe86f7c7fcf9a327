/** What is read of an answer's headers. Reused from answer to answer, hence not readonly. */
export interface AnswerHeaders {
  contentType: string;
  /** A coding that was applied although none was asked for; empty for identity. */
  contentEncoding: string;
  /** Content-Length is there and is no number. */
  badLength: boolean;
  /** For how long the server keeps an idle connection, in seconds; NaN when it does not say. */
  keepAliveSeconds: number;
  /** LiteLLM's own, in milliseconds; NaN when absent. */
  overheadMs: number;
  responseMs: number;
  litellmVersion: string;
}

/** Headers of an answer that had none. */
export function noHeaders(): AnswerHeaders {
  return {
    contentType: '',
    contentEncoding: '',
    badLength: false,
    keepAliveSeconds: NaN,
    overheadMs: NaN,
    responseMs: NaN,
    litellmVersion: '',
  };
}

const DIGITS = /^\d{1,15}$/;

/**
 * Reads the headers that matter. A gateway sends thirty of them with each answer, so names are told apart by their length
 * first: most are never looked at.
 * @param raw names and values in turn, names in any case
 */
export function readHeaders(raw: readonly string[], into: AnswerHeaders): void {
  into.contentType = '';
  into.contentEncoding = '';
  into.badLength = false;
  into.keepAliveSeconds = into.overheadMs = into.responseMs = NaN;
  into.litellmVersion = '';
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? '';
    const value = raw[at + 1] ?? '';
    switch (name.length) {
      case 10:
        if (is(name, 'keep-alive')) into.keepAliveSeconds = Number(/timeout\s*=\s*(\d+)/i.exec(value)?.[1] ?? NaN);
        break;
      case 12:
        if (is(name, 'content-type')) into.contentType = value;
        break;
      case 14:
        if (is(name, 'content-length')) into.badLength ||= !DIGITS.test(value);
        break;
      case 16:
        if (is(name, 'content-encoding') && !is(value, 'identity')) into.contentEncoding = value;
        break;
      case 17:
        if (is(name, 'x-litellm-version')) into.litellmVersion = value;
        break;
      case 30:
        if (is(name, 'x-litellm-overhead-duration-ms')) into.overheadMs = milliseconds(value);
        else if (is(name, 'x-litellm-response-duration-ms')) into.responseMs = milliseconds(value);
        break;
      default:
    }
  }
}

/** Without regard to case. Most candidates differ in their first letter already. */
function is(text: string, lowerCase: string): boolean {
  if ((text.charCodeAt(0) | 0x20) !== lowerCase.charCodeAt(0)) return false;
  return text === lowerCase || text.toLowerCase() === lowerCase;
}

/** LiteLLM writes `None` when it did not measure. */
function milliseconds(value: string): number {
  return value === '' ? NaN : Number(value);
}
