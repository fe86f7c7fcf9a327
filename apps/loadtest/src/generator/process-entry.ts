import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What a generator process runs, and Node's own arguments for it. */
export interface ProcessEntry {
  readonly file: string;
  readonly execArgv: readonly string[];
}

/**
 * Young objects get 32 MB instead of 16 MB: collections become rarer, and fewer requests wait for one. Costs up to 48 MB.
 */
const NODE_OPTIONS = ['--max-semi-space-size=32'];

/**
 * The generator process of this copy of the code: the source, compiled as it is loaded, or a bundle next to this one
 * (docs/decisions/0033-generator-processes.md).
 */
export function processEntry(): ProcessEntry {
  const source = join(__dirname, 'generator-process.ts');
  if (!existsSync(source)) return { file: join(__dirname, 'generator-process.js'), execArgv: NODE_OPTIONS };
  return { file: source, execArgv: [...NODE_OPTIONS, '--require', require.resolve('tsx/cjs')] };
}
