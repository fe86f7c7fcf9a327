import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const blocks = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())));
const terraformJson = z.looseObject({ resource: blocks.default({}), data: blocks.default({}) });

/** A stack as Terraform will read it. */
export interface StackFile {
  /** `<stack>-<environment>`, as its folder is called. */
  readonly id: string;
  readonly folder: string;
  /** By type, then by name; all other sections of the file are there as well. */
  readonly json: z.output<typeof terraformJson>;
}

/** The stacks below a folder that cdktf wrote to, by their ids. @throws {Error} when there is none */
export function readStacks(out: string): StackFile[] {
  const stacks = join(out, 'stacks');
  return readdirSync(stacks)
    .sort()
    .map((id) => {
      const folder = join(stacks, id);
      return { id, folder, json: terraformJson.parse(JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8'))) };
    });
}
