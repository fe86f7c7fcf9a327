/** Shorter values are words that a target may well use by itself, and no secrets. */
const SHORTEST_SECRET = 6;

/** A function that takes known secrets out of a text: targets like to quote the key that they refuse. */
export function redactor(secrets: readonly (string | undefined)[]): (text: string) => string {
  const known = secrets
    .flatMap((secret) => (secret === undefined ? [] : [secret, secret.replace(/^(Bearer|Basic)\s+/i, '')]))
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .sort((left, right) => right.length - left.length);
  return (text) => known.reduce((masked, secret) => masked.replaceAll(secret, '(redacted)'), text);
}
