import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { holdFolder } from './hold-folder';

const folder = mkdtempSync(join(tmpdir(), 'loadlab-hold-'));
const now = new Date('2026-01-02T03:04:05Z');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a folder of states', () => {
  it('is one process’s at a time, and the other one is told whose', async () => {
    const release = await holdFolder(folder, 'loadlab rehearse deploy', now);
    await expect(holdFolder(folder, 'loadlab rehearse plan', now)).rejects.toThrow(
      new RegExp(`process ${process.pid} \\(loadlab rehearse deploy\\) since 2026-01-02T03:04:05`),
    );
    release();
    (await holdFolder(folder, 'loadlab rehearse plan', now))();
  });

  it('is taken over from a process that died', async () => {
    const dead = { pid: process.pid, started: 'long before this one', command: 'loadlab', since: now.toISOString() };
    writeFileSync(join(folder, 'holder.json'), JSON.stringify(dead));
    (await holdFolder(folder, 'loadlab rehearse plan', now))();
  });
});
