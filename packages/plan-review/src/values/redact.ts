import { isObject, SENSITIVE, unveil } from './masks';
import { replacer } from './replacer';

/** Shorter values would blot out half of a page ("1", "true", "test"), and hide nothing that could not be guessed. */
const SHORTEST = 6;
/** Fewer bytes in Base64 are too like other text. */
const SHORTEST_ENCODED = 8;
/** Shorter lines of a secret text are braces and words. */
const SHORTEST_LINE = 16;

/**
 * A function that puts `(sensitive)` wherever one of the secrets stands in a text of a value: also as a part, escaped as JSON or for a
 * URL, or in Base64, at whatever byte it begins.
 */
export function redactor(secrets: readonly string[]): <T>(value: T) => T {
  const spellings = new Set([...new Set(secrets)].filter((secret) => secret.length >= SHORTEST).flatMap(spellingsOf));
  const hide = replacer([...spellings], SENSITIVE);
  const redact = (value: unknown): unknown => {
    if (typeof value === 'string') return hide(unveil(value));
    if (typeof value === 'number') return spellings.has(String(value)) ? SENSITIVE : value;
    if (Array.isArray(value)) return unlessSame(value, value.map(redact));
    if (!isObject(value)) return value;
    const entries = Object.entries(value);
    const redacted = entries.map(([key, part]): [string, unknown] => [hide(key), redact(part)]);
    // Most of a review holds no secret: what stays as it is need not be copied.
    const isSame = entries.every(([key, part], index) => redacted[index]?.[0] === key && redacted[index][1] === part);
    return isSame ? value : Object.fromEntries(redacted);
  };
  // Redaction replaces texts by texts, so the type stays.
  return <T>(value: T) => redact(value) as T;
}

function unlessSame(before: readonly unknown[], after: unknown[]): readonly unknown[] {
  return after.every((element, index) => element === before[index]) ? before : after;
}

function spellingsOf(secret: string): string[] {
  // Texts are compared by lines, and a key has many of them.
  const lines = secret.includes('\n') ? secret.split('\n').filter((line) => line.length >= SHORTEST_LINE) : [];
  return [
    secret,
    ...lines,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(toWellFormed(secret)),
    ...inBase64(secret),
  ];
}

/** Half a surrogate pair has no bytes: it stands for itself nowhere. */
function toWellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/** What of a secret's Base64 does not depend on its neighbours, for each of the three places in which it can begin. */
function inBase64(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  if (bytes.length < SHORTEST_ENCODED) return [];
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const first = shift === 0 ? 0 : shift + 1;
    const last = (shift + bytes.length) % 3 === 0 ? text.length : text.length - 1;
    return text.slice(first, last);
  });
}
