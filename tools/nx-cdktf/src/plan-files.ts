import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';

/** The names of the files beside a synthesized stack. */
export const PLAN = 'plan.bin';
export const PLAN_JSON = 'plan.json';
export const MANIFEST = 'plan-manifest.json';
/** Left by an apply: which plan was applied, and when. */
export const APPLIED = 'plan-applied.json';
export const STACK = 'cdk.tf.json';
export const LOCK = '.terraform.lock.hcl';
const ASSETS = 'assets';

/** SHA-256 of what stands beside a synthesized stack; undefined for what is not there. */
export interface Digests {
  readonly plan: string | undefined;
  readonly json: string | undefined;
  readonly stack: string | undefined;
  readonly assets: string | undefined;
  readonly lock: string | undefined;
}

/** The digests of what stands beside a synthesized stack. */
export function digestsIn(folder: string): Digests {
  return {
    plan: digestOf(path.join(folder, PLAN)),
    json: digestOf(path.join(folder, PLAN_JSON)),
    stack: digestOf(path.join(folder, STACK)),
    assets: digestOfFolder(path.join(folder, ASSETS)),
    lock: digestOf(path.join(folder, LOCK)),
  };
}

/** SHA-256 of bytes, in hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** SHA-256 of a file, or undefined when there is none. */
export function digestOf(file: string): string | undefined {
  return existsSync(file) ? sha256(readFileSync(file)) : undefined;
}

/** Of names and contents below a folder; undefined when there are none. */
function digestOfFolder(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  if (files.length === 0) return undefined;
  const lines = files.map(
    (file) => `${path.relative(folder, file).split(path.sep).join('/')} ${String(digestOf(file))}`,
  );
  return sha256(lines.join('\n'));
}

/** SHA-256 of the configuration that a saved plan carries inside, which is what Terraform would apply; undefined for what is no plan. */
export function configurationInside(planFile: string): string | undefined {
  const inside = `tfconfig/m-/${STACK}`;
  try {
    const found = unzipSync(readFileSync(planFile), { filter: ({ name }) => name === inside })[inside];
    return found === undefined ? undefined : sha256(found);
  } catch {
    // Not a zip at all, or none of its own making: no plan.
    return undefined;
  }
}
