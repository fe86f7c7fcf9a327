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
  const hide = remembering(replacer([...spellings], SENSITIVE));
  const redact = (value: unknown): unknown => {
    if (typeof value === 'string') return hide(unveil(value));
    if (typeof value === 'number') return spellings.has(String(value)) ? SENSITIVE : value;
    if (Array.isArray(value)) return mapWhereNeeded(value, redact);
    if (!isObject(value)) return value;
    const keys = Object.keys(value);
    const parts = Object.values(value);
    const [shownKeys, shown] = [mapWhereNeeded(keys, hide), mapWhereNeeded(parts, redact)];
    if (shownKeys === keys && shown === parts) return value;
    return Object.fromEntries(shownKeys.map((key, index) => [key, shown[index]]));
  };
  // Redaction replaces texts by texts, so the type stays.
  return <T>(value: T) => redact(value) as T;
}

/** Most of a review holds no secret: a list that stays as it is is not copied. */
export function mapWhereNeeded<T>(list: readonly T[], redact: (part: T, index: number) => T): readonly T[] {
  let copy: T[] | undefined;
  for (const [index, part] of list.entries()) {
    const shown = redact(part, index);
    if (shown === part) continue;
    copy ??= [...list];
    copy[index] = shown;
  }
  return copy ?? list;
}

/** Longer texts seldom come again. */
const LONGEST_REMEMBERED = 200;

/** Addresses and names of attributes stand in a review a thousand times. */
function remembering(hide: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    if (text.length > LONGEST_REMEMBERED) return hide(text);
    const hidden = known.get(text) ?? hide(text);
    known.set(text, hidden);
    return hidden;
  };
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
