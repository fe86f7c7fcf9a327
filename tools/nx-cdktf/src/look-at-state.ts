import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SynthesizedStack } from './find-stack';
import { ownState } from './state-identity';
import type { Terraform } from './terraform';

/** What an apply would never take: plans that were only made to be read. */
export const LOOKS = {
  /** What somebody changed behind Terraform's back. */
  drift: { file: 'drift.json', flags: ['-refresh-only'] },
  /** What exists, as a plan to take everything away would find it. */
  inventory: { file: 'inventory.json', flags: ['-destroy', '-refresh=false'] },
} as const;

/**
 * Writes down what the state, or AWS, says now: `drift.json` or `inventory.json` beside the synthesized stack, in the form of a plan.
 * It takes no lock, and leaves nothing behind that could be applied.
 * @returns Terraform's exit code; 0 for a stack that was never deployed
 */
export async function lookAtState(
  what: keyof typeof LOOKS,
  stack: SynthesizedStack,
  flags: readonly string[],
  terraform: Terraform,
): Promise<number> {
  const { file, flags: own } = LOOKS[what];
  const json = path.join(stack.folder, file);
  rmSync(json, { force: true });
  if ((await ownState(stack.folder, terraform)) === undefined) {
    process.stdout.write(`${stack.id}: was never deployed\n`);
    return 0;
  }
  const plan = `${what}.bin`;
  try {
    const planned = await terraform(
      stack.folder,
      ['plan', '-input=false', '-lock=false', `-out=${plan}`, ...own, ...flags],
      ...(what === 'inventory' ? [{ capture: true } as const] : []),
    );
    if (planned.code !== 0) return planned.code;
    const shown = await terraform(stack.folder, ['show', '-json', plan], { capture: true });
    if (shown.code === 0) writeFileSync(json, shown.output, { mode: 0o600 });
    return shown.code;
  } finally {
    rmSync(path.join(stack.folder, plan), { force: true });
  }
}
