import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** What a volume of a task holds here: a folder's content, or files given by their path inside it. */
export type VolumeContent =
  { readonly folder: string } | { readonly files: Readonly<Record<string, string | Uint8Array>> };

/**
 * Copies a volume's content to `target` and takes away everybody's right to write there: files 0444, folders 0555, as the publisher
 * leaves them on EFS. A copy, so that an edit in the source during a run cannot reach the running task.
 */
export function makeReadOnlyCopy(content: VolumeContent, target: string): void {
  mkdirSync(target, { recursive: true });
  if ('files' in content) {
    for (const [path, data] of Object.entries(content.files)) writeInside(target, path, data);
  } else {
    copyFolder(content.folder, target);
  }
  setModes(target, 0o555, 0o444);
}

/** Removes a folder although nobody may write in it. */
export function removeReadOnly(folder: string): void {
  if (!existsSync(folder)) return;
  setModes(folder, 0o755, 0o644);
  rmSync(folder, { recursive: true, force: true });
}

function writeInside(target: string, path: string, data: string | Uint8Array): void {
  const relative = normalize(path);
  if (relative.startsWith('..') || relative.startsWith('/')) throw new TypeError(`${path} leaves the volume`);
  const file = join(target, relative);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, data);
}

/** Regular files and folders only: a link could lead out of the volume, and EFS access points follow none from outside. */
function copyFolder(source: string, target: string): void {
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const from = join(source, entry.name);
    const to = join(target, entry.name);
    if (entry.isDirectory()) {
      mkdirSync(to, { recursive: true });
      copyFolder(from, to);
    } else if (entry.isFile()) {
      writeFileSync(to, readFileSync(from));
    }
  }
}

function setModes(path: string, folderMode: number, fileMode: number): void {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return;
  if (!stats.isDirectory()) {
    chmodSync(path, fileMode);
    return;
  }
  // Enterable while its content is being changed.
  chmodSync(path, 0o755);
  for (const name of readdirSync(path)) setModes(join(path, name), folderMode, fileMode);
  chmodSync(path, folderMode);
}
