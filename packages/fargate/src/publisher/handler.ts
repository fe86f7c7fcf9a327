import { randomUUID } from 'node:crypto';
import * as fileSystem from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { contentAddress } from '../published-files/content-address';
import { collectGarbage, RETENTION } from './collect-garbage';
import { publish } from './publish';

/** What an invocation answers; Terraform compares the path with the one that it put into the task definitions. */
export interface Publication {
  /** Below the access point: `/<address>`. */
  readonly path: string;
  readonly files: number;
  /** Folders of old publications that were removed. */
  readonly removed: number;
  /** Why old publications could not be removed: the new one is published all the same. */
  readonly warning?: string;
}

/**
 * AWS Lambda's entry point: publishes the files that lie beside it in its own zip. Takes no input; its settings are
 * variables: `MOUNT_PATH`, where the file system is, and `CONTENT_ADDRESS`, what the files must hash to.
 */
export async function handler(): Promise<Publication> {
  const address = setting('CONTENT_ADDRESS');
  const files = await readFiles(join(__dirname, 'files'));
  const actual = contentAddress(files);
  if (actual !== address) {
    throw new Error(
      `the files in this function hash to ${actual}, not to ${address}: its code and its settings differ`,
    );
  }
  const surroundings = {
    fileSystem,
    root: setting('MOUNT_PATH'),
    now: () => Date.now(),
    uniqueName: () => randomUUID(),
  };
  await publish(files, address, surroundings);
  const publication = { path: `/${address}`, files: files.size, removed: 0 };
  try {
    return { ...publication, removed: (await collectGarbage(RETENTION, surroundings)).length };
  } catch (error) {
    console.error(error);
    return { ...publication, warning: error instanceof Error ? error.message : String(error) };
  }
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`the variable ${name} is not set`);
  return value;
}

async function readFiles(folder: string): Promise<Map<string, Uint8Array>> {
  const entries = await fileSystem.readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, Uint8Array>();
  for (const entry of entries.filter((candidate) => candidate.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path).split(sep).join('/'), await fileSystem.readFile(path));
  }
  return files;
}
