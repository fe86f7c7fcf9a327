import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SynthesizedStack } from './find-stack';
import { ownState } from './state-identity';
import type { Terraform } from './terraform';

/** Terraform's exit code for what went wrong, and not for what was interrupted. */
const FAILED = 1;

/** What an apply would never take: plans that were only made to be read. */
export const LOOKS = {
  /**
   * What somebody changed behind Terraform's back, and whether an apply would undo it: only a whole plan knows what the code ignores.
   * Where none can be made (the code already reads an output that nobody applied yet), what differs can still be seen.
   */
  drift: { file: 'drift.json', flags: [], otherwise: ['-refresh-only'] },
  /** What exists, as a plan to take everything away would find it. */
  inventory: { file: 'inventory.json', flags: ['-destroy', '-refresh=false'], otherwise: undefined },
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
  const { file, flags: own, otherwise } = LOOKS[what];
  const json = path.join(stack.folder, file);
  rmSync(json, { force: true });
  if ((await ownState(stack.folder, terraform)) === undefined) {
    process.stdout.write(`${stack.id}: was never deployed\n`);
    return 0;
  }
  const plan = `${what}.bin`;
  const look = async (more: readonly string[]): Promise<number> => {
    const args = ['plan', '-input=false', '-lock=false', `-out=${plan}`, ...more, ...flags];
    return (await terraform(stack.folder, args, ...(what === 'inventory' ? [{ capture: true } as const] : []))).code;
  };
  try {
    let code = await look(own);
    if (code === FAILED && otherwise !== undefined) {
      process.stdout.write(
        `${stack.id}: cannot be planned as the code is now; what differs is looked at all the same\n`,
      );
      code = await look(otherwise);
    }
    if (code !== 0) return code;
    const shown = await terraform(stack.folder, ['show', '-json', plan], { capture: true });
    if (shown.code === 0) writeFileSync(json, shown.output, { mode: 0o600 });
    return shown.code;
  } finally {
    rmSync(path.join(stack.folder, plan), { force: true });
  }
}
