/** Something that is open to somebody. */
export interface Opening {
  /** What distinguishes it from others. */
  readonly key: string;
  /** What follows on "now " when it is new, and on "no longer: " when it is gone. */
  readonly words: string;
  /** Open to everybody, or to everything: worth a look even in something new. */
  readonly isWide: boolean;
  /** True when another one already opens all that this one does. */
  readonly isCoveredBy: (other: Opening) => boolean;
}

/** Those of `openings` that none of `others` covers. Each once. */
export function uncovered(openings: readonly Opening[], others: readonly Opening[]): Opening[] {
  if (openings.length === 0) return [];
  const known = new Set(others.map(({ key }) => key));
  const found = new Map<string, Opening>();
  for (const opening of openings) {
    if (known.has(opening.key) || found.has(opening.key)) continue;
    if (!others.some((other) => opening.isCoveredBy(other))) found.set(opening.key, opening);
  }
  return [...found.values()];
}

/** An opening that is there or not, and nothing in between. */
export function plainOpening(words: string): Opening {
  return { key: words, words, isWide: true, isCoveredBy: () => false };
}

/** A value as a list: absent is none, one is a list of one. */
export function list(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}
