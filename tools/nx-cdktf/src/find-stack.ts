import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '@loadlab/foundation';

/** A synthesized stack and the folder that Terraform works in. */
export interface SynthesizedStack {
  readonly id: string;
  readonly folder: string;
}

/**
 * The stack that a package synthesized for an environment, from its manifest; undefined when the environment has no such stack
 * (`database: none`).
 * @throws {InputError} when nothing was synthesized for that environment
 */
export function findStack(packageFolder: string, environment: string): SynthesizedStack | undefined {
  const file = path.join(packageFolder, 'cdktf.out', 'manifest.json');
  if (!existsSync(file))
    throw new InputError([
      { file, path: '', message: 'the stack is not synthesized', hint: 'run the target synth first' },
    ]);
  const { stacks } = JSON.parse(readFileSync(file, 'utf8')) as {
    stacks: Record<string, { name: string; workingDirectory: string }>;
  };
  const found = Object.values(stacks);
  const [stack] = found.filter(({ name }) => name.endsWith(`-${environment}`));
  if (stack !== undefined)
    return { id: stack.name, folder: path.join(packageFolder, 'cdktf.out', stack.workingDirectory) };
  if (found.length === 0) return undefined;
  const names = found.map(({ name }) => name).join(', ');
  throw new InputError([
    {
      file,
      path: 'stacks',
      message: `holds ${names}, not a stack of environment "${environment}"`,
      hint: 'run the target synth with the same LOADLAB_ENVIRONMENT',
    },
  ]);
}
