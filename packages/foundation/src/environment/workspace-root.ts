import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The workspace's folder: the nearest one above this file, or else above the working directory, that holds `nx.json`.
 * This file comes first, so that a command works on the clone that it belongs to, wherever it is started.
 * @throws {Error} when neither lies in a workspace
 */
export function workspaceRoot(): string {
  const root = nearestAbove(__dirname, 'nx.json') ?? nearestAbove(process.cwd(), 'nx.json');
  if (root === undefined) throw new Error(`no nx.json above ${__dirname} or ${process.cwd()}`);
  return root;
}

/** The nearest folder, from `start` upwards, that holds a file of this name; undefined when none does. */
export function nearestAbove(start: string, fileName: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, fileName))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
