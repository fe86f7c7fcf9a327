import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** What a name such as `aws_vpc` can stand for; each has bindings of its own. */
export type BindingKind = 'resource' | 'data' | 'provider';

/** Where the compiled bindings lie. */
const bindings = dirname(require.resolve('@cdktf/provider-aws/package.json'));

const sourceMap = z.object({ sourcesContent: z.array(z.string()).min(1) });
const MAP_MARK = 'sourceMappingURL=data:application/json;base64,';

/**
 * The TypeScript from which the binding of `aws_vpc` (or of the provider, `aws`) was compiled: each compiled file carries
 * it in an inline source map. Undefined when the provider has no such type.
 */
export function bindingSource(kind: BindingKind, type: string): string | undefined {
  const name = type.replace(/^aws_/, '').replaceAll('_', '-');
  const folder = join(bindings, 'lib', kind === 'provider' ? 'provider' : kind === 'data' ? `data-aws-${name}` : name);
  const main = readIfThere(join(folder, 'index.js'));
  if (main === undefined) return undefined;
  // A few resources are so large that their nested structures fill files of their own.
  const structs = join(folder, 'index-structs');
  const parts = filesOf(structs).map((file) => readFileSync(join(structs, file), 'utf8'));
  return [main, ...parts].map(sourceOf).join('\n');
}

function sourceOf(compiled: string): string {
  const mark = compiled.lastIndexOf(MAP_MARK);
  if (mark < 0) throw new Error('a binding of @cdktf/provider-aws has no inline source map');
  const map: unknown = JSON.parse(
    Buffer.from(compiled.slice(mark + MAP_MARK.length).trim(), 'base64').toString('utf8'),
  );
  return sourceMap.parse(map).sourcesContent.join('\n');
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => /^structs\d+\.js$/.test(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
