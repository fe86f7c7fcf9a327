import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@loadlab/foundation';
import { synthesizeLab } from '../src';
import { profiles } from './profiles';

/** Synthesizes every stack in each profile, once for all suites. */
export default async function synthesizeOnce(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'loadlab-stack-checks-'));
  process.env.STACK_CHECKS_FOLDER = folder;
  const root = workspaceRoot();
  await Promise.all(
    profiles.map(({ name, environment }) => synthesizeLab({ root, environment, out: join(folder, name) })),
  );
}
