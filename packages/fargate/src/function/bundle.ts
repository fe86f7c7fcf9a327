import { existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { workspaceRoot } from '@loadlab/foundation';
import { buildSync, type BuildOptions } from 'esbuild';
import { z } from 'zod';
import { sha256 } from '../published-files/content-address';
import { BuildCache } from './build-cache';

/** What decides over every byte of a bundle, besides its sources. */
const OPTIONS = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // ES modules where a package has them: half the size, because unused parts of the AWS SDK fall away.
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  // Whoever has a tsconfig somewhere above the checkout gets the same bundle.
  tsconfigRaw: {},
  charset: 'utf8',
  logLevel: 'silent',
} satisfies BuildOptions;

/** A kept bundle's own sources, relative to the workspace, with their SHA-256; installed packages are in the cache's key. */
const sourcesSchema = z.record(z.string(), z.string());

/**
 * Bundles a Node program and everything that it imports into one file of CommonJS, the same bytes on every machine and
 * in every folder for the same sources and installed packages. Built once, then kept (see {@link BuildCache}).
 * @param entry absolute path of its main file, below `root`
 * @throws {Error} with esbuild's messages when it does not build
 */
export function bundle(entry: string, root: string = workspaceRoot()): Uint8Array {
  const cache = new BuildCache(root);
  const key = cache.key([OPTIONS, relative(root, entry).split(sep).join('/')]);
  const kept = cache.read(key, 'bundle.js');
  const sources = cache.read(key, 'sources.json');
  if (
    kept !== undefined &&
    sources !== undefined &&
    unchanged(sourcesSchema.parse(JSON.parse(sources.toString())), root)
  ) {
    return kept;
  }
  const result = buildSync({ ...OPTIONS, absWorkingDir: root, entryPoints: [entry], write: false, metafile: true });
  const [output] = result.outputFiles;
  if (output === undefined) throw new Error(`esbuild made nothing of ${entry}`);
  const own = Object.keys(result.metafile.inputs).filter((path) => !path.startsWith('node_modules/'));
  cache.write(key, 'bundle.js', output.contents);
  cache.write(
    key,
    'sources.json',
    JSON.stringify(Object.fromEntries(own.map((path) => [path, hashOf(join(root, path))]))),
  );
  return output.contents;
}

function unchanged(sources: Readonly<Record<string, string>>, root: string): boolean {
  return Object.entries(sources).every(([path, hash]) => {
    const file = join(root, path);
    return existsSync(file) && hashOf(file) === hash;
  });
}

function hashOf(file: string): string {
  return sha256(readFileSync(file));
}
