import { rmSync } from 'node:fs';

/** Leaves nothing behind. */
export default function removeSynthesized(): void {
  const folder = process.env.STACK_CHECKS_FOLDER;
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
