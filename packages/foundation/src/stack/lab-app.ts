import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { App } from 'cdktf';
import { nearestAbove } from '../environment/workspace-root';
import { LabStack } from './lab-stack';
import { TERRAFORM } from './versions';

const LOCK_FILE = '.terraform.lock.hcl';

/** A cdktf app whose files are the same on every machine. */
class LabApp extends App {
  /** Writes all stacks; an environment's provider lock file, if it has one, goes beside each. */
  override synth(): void {
    super.synth();
    for (const stack of this.node.children.filter((child) => LabStack.isLabStack(child))) {
      const lockFile = join(stack.environment.directory, LOCK_FILE);
      if (existsSync(lockFile)) copyFileSync(lockFile, join(this.outdir, 'stacks', stack.node.id, LOCK_FILE));
    }
  }
}

/**
 * The app to put stacks into. It is synthesized into `outdir`, else the cdktf command's own `CDKTF_OUTDIR`, else
 * `cdktf.out` beside the nearest `cdktf.json` above the program that was started, wherever it was started from.
 */
export function labApp(options: { readonly outdir?: string } = {}): App {
  const outdir = resolve(options.outdir ?? process.env.CDKTF_OUTDIR ?? join(folderOfApp(), 'cdktf.out'));
  mkdirSync(outdir, { recursive: true });
  // Stack traces would put paths of this machine into the manifest. CDK Terrain, which may take cdktf's place, refuses
  // write-only arguments unless it is told which Terraform there will be.
  return new LabApp({ outdir, stackTraces: false, context: { targetVersions: { terraform: TERRAFORM } } });
}

function folderOfApp(): string {
  const program = process.argv[1];
  const folder = program === undefined ? undefined : nearestAbove(dirname(resolve(program)), 'cdktf.json');
  return folder ?? process.cwd();
}
