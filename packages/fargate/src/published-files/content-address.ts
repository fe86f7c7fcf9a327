import { createHash } from 'node:crypto';

/** Files by their path below the published folder: `config.yaml`, `scenarios/guide.yaml`. */
export type FileSet = ReadonlyMap<string, Uint8Array>;

/** Segments of letters, digits, dot, dash and underscore, none starting with a dot: no way out of the folder. */
const PATH = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

/**
 * The name of the folder that a set of files is published under, 64 hexadecimal digits.
 * One file: its own SHA-256, so that `sha256sum config.yaml` names the folder. Several: the SHA-256 of what
 * `sha256sum` prints for them in byte order of their paths, so that a shell can check that, too.
 * @throws {Error} for no files at all, or for a path that could leave the folder
 */
export function contentAddress(files: FileSet): string {
  const [first, ...others] = [...files].sort(([one], [other]) => (one < other ? -1 : 1));
  if (first === undefined) throw new Error('nothing to publish: no files');
  for (const path of files.keys()) {
    if (!PATH.test(path))
      throw new Error(`"${path}" will not do as a published path: letters, digits, . _ - and / only`);
  }
  if (others.length === 0) return sha256(first[1]);
  return sha256([first, ...others].map(([path, bytes]) => `${sha256(bytes)}  ${path}\n`).join(''));
}

/** SHA-256 in hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
