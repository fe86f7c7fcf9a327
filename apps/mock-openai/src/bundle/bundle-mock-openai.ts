import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';

/** A bundle on disk. */
export interface Bundle {
  /** Absolute path. */
  readonly file: string;
  /** Of its content, in hex: what names the folder it is published in. */
  readonly sha256: string;
}

/**
 * Bundles the mock into one file that needs nothing but Node: `node main.js --port 8080`. The same source gives the same bytes,
 * on every machine and path, so that an unchanged mock plans no change; and the same as its stack publishes, so that
 * what is measured here is what is deployed.
 */
export async function bundleMockOpenAi(outFile: string): Promise<Bundle> {
  const projectRoot = resolve(__dirname, '..', '..');
  const result = await build({
    entryPoints: [join(projectRoot, 'src', 'main.ts')],
    absWorkingDir: resolve(projectRoot, '..', '..'),
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    // Minified for what it leaves out (comments and names of modules, which carry paths), not for size.
    minify: true,
    legalComments: 'none',
    // Whoever has a tsconfig somewhere above the checkout gets the same bundle.
    tsconfigRaw: {},
    charset: 'utf8',
    logLevel: 'silent',
  });
  const [output] = result.outputFiles;
  if (output === undefined) throw new Error('esbuild made no file');
  const file = resolve(outFile);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, output.contents);
  return { file, sha256: createHash('sha256').update(output.contents).digest('hex') };
}
