/** A fleet in the middle of a deployment answers with two versions; more than these are somebody's noise. */
const MOST = 4;
const LONGEST = 64;
const SEPARATOR = ', ';

/** The versions that answers named, in alphabetical order whatever the order in which they came. */
export class VersionsSeen {
  readonly #versions = new Set<string>();
  #last = '';

  add(version: string): void {
    if (version === this.#last) return;
    this.#last = version;
    if (version !== '' && this.#versions.size < MOST) this.#versions.add(version.slice(0, LONGEST));
  }

  toText(): string | undefined {
    return joinVersions([...this.#versions]);
  }
}

/** Several texts of `VersionsSeen` as one. */
export function joinVersions(texts: readonly string[]): string | undefined {
  const versions = new Set(texts.flatMap((text) => text.split(SEPARATOR)));
  return versions.size === 0 ? undefined : [...versions].sort().join(SEPARATOR);
}
