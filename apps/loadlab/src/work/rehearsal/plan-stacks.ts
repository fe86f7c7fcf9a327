import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '@loadlab/foundation';
import { z } from 'zod';
import type { Rehearsal } from './rehearsal';
import type { StackFolder } from './synthesized-stacks';

const synthesizedSchema = z.object({ output: z.record(z.string(), z.unknown()).default({}) });
const namesSchema = z.record(z.string(), z.unknown());

/**
 * Plans some of all stacks of an environment, each after those it reads. One that reads what is not deployed yet cannot be planned by
 * Terraform, so it waits for its turn.
 * @returns the exit code: 2 when something would change
 */
export async function planStacks(
  rehearsal: Pick<Rehearsal, 'run' | 'capture'>,
  stacks: readonly StackFolder[],
  all: readonly StackFolder[],
  signal: AbortSignal,
): Promise<number> {
  // Terraform colours also what goes into a file.
  const plain = process.stdout.isTTY ? [] : ['-no-color'];
  const deployed = new Map<string, boolean>();
  let changed = false;
  for (const { id, folder, dependencies } of stacks) {
    process.stdout.write(`\n== ${id}\n`);
    const awaited: string[] = [];
    for (const upstream of all.filter((stack) => dependencies.includes(stack.id))) {
      const isDeployed = deployed.get(upstream.id) ?? (await hasOutputs(rehearsal, upstream, signal));
      deployed.set(upstream.id, isDeployed);
      if (!isDeployed) awaited.push(upstream.id);
    }
    if (awaited.length > 0) {
      process.stdout.write(`Pending upstream: it reads what is not deployed yet: ${awaited.join(', ')}\n`);
      changed = true;
      continue;
    }
    const terraform = (...args: readonly string[]): Promise<number> =>
      rehearsal.run('terraform', [...args, ...plain], { folder, signal });
    const init = await terraform('init', '-input=false');
    const code = init === 0 ? await terraform('plan', '-input=false', '-detailed-exitcode', '-compact-warnings') : init;
    // 2 says that there are changes; anything else that is not 0 is a failure.
    if (code !== 0 && code !== 2) return code;
    if (code === 0) deployed.set(id, true);
    changed ||= code === 2;
  }
  return changed ? EXIT.invalid : EXIT.done;
}

/** True when a stack's state has all that others may read; one that died halfway may have some of it. */
async function hasOutputs(
  rehearsal: Pick<Rehearsal, 'capture'>,
  { folder }: StackFolder,
  signal: AbortSignal,
): Promise<boolean> {
  const { output } = synthesizedSchema.parse(JSON.parse(readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')));
  const init = await rehearsal.capture('terraform', ['init', '-input=false'], { folder, signal });
  if (init.exitCode !== 0) return false;
  const read = await rehearsal.capture('terraform', ['output', '-json'], { folder, signal });
  const known = read.exitCode === 0 ? namesSchema.parse(JSON.parse(read.stdout)) : {};
  return Object.keys(output).every((name) => name in known);
}
