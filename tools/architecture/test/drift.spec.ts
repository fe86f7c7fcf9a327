import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { workspaceRoot } from '@loadlab/foundation';
import { drawLanes, drawStacks, pictureOf, readStacks } from '../src';

jest.setTimeout(60_000);

it.each([
  ['what-runs-where.svg', (stacks: ReturnType<typeof readStacks>) => drawLanes(pictureOf(stacks))],
  ['stacks.svg', drawStacks],
])('docs/architecture/%s shows the stacks as they are (else: npm run architecture)', (name, draw) => {
  const root = workspaceRoot();
  const out = mkdtempSync(path.join(tmpdir(), 'loadlab-architecture-'));
  try {
    const tsx = path.join(root, 'node_modules', '.bin', 'tsx');
    execFileSync(tsx, ['main.ts'], {
      cwd: root,
      env: { ...process.env, CDKTF_OUTDIR: out, LOADLAB_ENVIRONMENT: 'benchmark' },
      stdio: 'pipe',
    });
    expect(draw(readStacks(out, 'benchmark'))).toBe(
      readFileSync(path.join(root, 'docs', 'architecture', name), 'utf8'),
    );
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});
