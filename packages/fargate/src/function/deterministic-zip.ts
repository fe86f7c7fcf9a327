import { zipSync, type Zippable } from 'fflate';

/** Files by their path in the archive. */
export type ZipEntries = ReadonlyMap<string, Uint8Array>;

/** Readable by everybody, as Lambda requires; ZIP keeps Unix modes in the upper half of this field. */
const REGULAR_FILE_0644 = 0o100644 << 16;
const UNIX = 3;
/** ZIP writes local time down: the same wall clock reading in every time zone. */
const NEVER_MIND_WHEN = new Date(1980, 0, 2, 12, 0, 0);

/**
 * An archive that depends on its entries' paths and bytes alone: the same on every machine, in every time zone, in
 * whatever order they come. So an unchanged folder plans no change, and a changed one a change on every machine.
 * (Compressed by JavaScript of a pinned version: Node's own zlib differs between releases and processors.)
 */
export function deterministicZip(entries: ZipEntries): Uint8Array {
  const sorted = [...entries].sort(([one], [other]) => (one < other ? -1 : 1));
  const zippable: Zippable = Object.fromEntries(
    sorted.map(([path, bytes]) => [
      path,
      [bytes, { mtime: NEVER_MIND_WHEN, os: UNIX, attrs: REGULAR_FILE_0644, level: 6 }],
    ]),
  );
  return zipSync(zippable);
}
