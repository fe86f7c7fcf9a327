import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** A synthesized stack and the folder in which Terraform works on it. */
export interface StackFolder {
  readonly id: string;
  readonly folder: string;
  /** Ids of the stacks that it reads. */
  readonly dependencies: readonly string[];
}

const manifestSchema = z.object({
  stacks: z.record(
    z.string(),
    z.object({ name: z.string(), workingDirectory: z.string(), dependencies: z.array(z.string()).default([]) }),
  ),
});

/** The stacks of a synthesized app, each after those it depends on. */
export function synthesizedStacks(outdir: string): StackFolder[] {
  const { stacks } = manifestSchema.parse(JSON.parse(readFileSync(path.join(outdir, 'manifest.json'), 'utf8')));
  const ordered = new Set<string>();
  const add = (name: string): void => {
    const stack = stacks[name];
    if (stack === undefined || ordered.has(name)) return;
    for (const dependency of stack.dependencies) add(dependency);
    ordered.add(name);
  };
  for (const name of Object.keys(stacks)) add(name);
  return [...ordered].map((id) => ({
    id,
    folder: path.join(outdir, stacks[id]?.workingDirectory ?? ''),
    dependencies: stacks[id]?.dependencies ?? [],
  }));
}
