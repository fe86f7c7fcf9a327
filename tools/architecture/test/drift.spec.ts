import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { workspaceRoot } from '@loadlab/foundation';
import { drawLanes, drawStacks, pictureOf, readStacks } from '../src';

jest.setTimeout(60_000);

/** Sizes are read when it is drawn; a pull request that only changes one need not draw it anew. What there is, and who reaches whom, must be so. */
function withoutSizes(picture: string): string {
  return picture.replace(/\d+(?:\.\d+)? (tasks|vCPU|GB)\b/g, '# $1').replace(/>\d+, (db|cache)\.[\w.]+/g, '>#, $1.#');
}

it.each([
  ['what-runs-where.svg', (stacks: ReturnType<typeof readStacks>) => drawLanes(pictureOf(stacks))],
  ['stacks.svg', drawStacks],
])('docs/architecture/%s shows the stacks as they are, but for sizes (else: npm run architecture)', (name, draw) => {
  const root = workspaceRoot();
  const out = mkdtempSync(path.join(tmpdir(), 'loadlab-architecture-'));
  try {
    const tsx = path.join(root, 'node_modules', '.bin', 'tsx');
    execFileSync(tsx, ['main.ts'], {
      cwd: root,
      env: { ...process.env, CDKTF_OUTDIR: out, LOADLAB_ENVIRONMENT: 'benchmark' },
      stdio: 'pipe',
    });
    const drawn = readFileSync(path.join(root, 'docs', 'architecture', name), 'utf8');
    expect(withoutSizes(draw(readStacks(out, 'benchmark')))).toBe(withoutSizes(drawn));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});
