import { readFileSync } from 'node:fs';
import path from 'node:path';
import { didYouMean, InputError } from '@loadlab/foundation';
import { parseFaults } from '@loadlab/rehearsal';
import { z } from 'zod';
import type { StackFolder } from './synthesized-stacks';

const stackSchema = z.object({
  resource: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  data: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

/**
 * A fault that is meant for what no stack has would never happen, and the rehearsal would prove nothing.
 * @throws {InputError} with all such faults
 */
export function requireReachableFaults(specs: readonly string[], stacks: readonly StackFolder[]): void {
  const targets = new Set(stacks.flatMap(({ folder }) => targetsOf(folder)));
  const problems = parseFaults(specs)
    .filter(({ target }) => target !== '*' && !targets.has(target))
    .map(({ target }) => {
      const likely = didYouMean(target, [...targets]);
      return {
        file: '--fault',
        path: target,
        message: `is no type and no address of ${stacks.map(({ id }) => id).join(', ')}`,
        hint: likely === undefined ? 'loadlab rehearse plan shows what there is' : `did you mean "${likely}"?`,
      };
    });
  if (problems.length > 0) throw new InputError(problems);
}

function targetsOf(folder: string): string[] {
  const stack = stackSchema.parse(JSON.parse(readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')));
  return [stack.resource, stack.data].flatMap((section) =>
    Object.entries(section).flatMap(([type, named]) => [type, ...Object.keys(named).map((name) => `${type}.${name}`)]),
  );
}
