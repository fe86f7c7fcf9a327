import { isObject, SENSITIVE, unveil } from './masks';

/** Shorter values would blot out half of a page ("1", "true", "test"), and hide nothing that could not be guessed. */
const SHORTEST = 6;

/** A function that puts `(sensitive)` wherever one of the secrets stands in a text of a value, also as a part or escaped as JSON. */
export function redactor(secrets: readonly string[]): <T>(value: T) => T {
  const spellings = [
    ...new Set(
      secrets
        .filter((secret) => secret.length >= SHORTEST)
        .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]),
    ),
  ];
  // Longest first, lest a secret that is part of another leaves the rest standing.
  spellings.sort((left, right) => right.length - left.length);
  const pattern =
    spellings.length === 0
      ? undefined
      : new RegExp(spellings.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
  const hide = (text: string): string =>
    pattern === undefined ? unveil(text) : unveil(text).replace(pattern, SENSITIVE);
  const redact = (value: unknown): unknown => {
    if (typeof value === 'string') return hide(value);
    if (Array.isArray(value)) return value.map(redact);
    return isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([key, part]) => [hide(key), redact(part)]))
      : value;
  };
  // Redaction replaces texts by texts, so the type stays.
  return <T>(value: T) => redact(value) as T;
}
