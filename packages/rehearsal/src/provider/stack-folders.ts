import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where cdktf puts its stacks, below the folder in which it runs. */
const CDKTF_STACKS = join('cdktf.out', 'stacks');

/** The folders in which Terraform may be running: the given ones themselves, and each stack that cdktf made below them. */
export function stackFolders(workingFolders: readonly string[]): string[] {
  return workingFolders.flatMap((folder) => {
    const stacks = join(folder, CDKTF_STACKS);
    const made = existsSync(stacks) ? readdirSync(stacks).map((name) => join(stacks, name)) : [];
    return [folder, ...made];
  });
}
