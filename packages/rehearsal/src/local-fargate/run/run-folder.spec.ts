import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '../../../test/local-fargate/scratch';
import { isAlive, processIdentity } from './process-identity';
import { makeReadOnlyCopy } from './read-only-copy';
import { openRunFolder } from './run-folder';

jest.setTimeout(60_000);

let scratch: ReturnType<typeof scratchFolder>;
let runs: string;
beforeEach(() => {
  scratch = scratchFolder();
  runs = join(scratch.path, '.loadlab/run');
});
afterEach(() => scratch.remove());

/** The folder of an earlier run; without an owner it ended properly. */
function earlierRun(name: string, owner?: { pid: number; started: string }): string {
  const folder = join(runs, name);
  mkdirSync(join(folder, 'web-1/home'), { recursive: true });
  writeFileSync(join(folder, 'web-1/main.log'), 'log');
  makeReadOnlyCopy({ files: { config: '' } }, join(folder, 'web-1/volumes/app'));
  if (owner !== undefined) writeFileSync(join(folder, 'owner.json'), JSON.stringify(owner));
  return folder;
}

describe('openRunFolder', () => {
  it('makes a folder of its own for each run', async () => {
    const [one, other] = await Promise.all([openRunFolder(scratch.path), openRunFolder(scratch.path)]);
    expect(readdirSync(runs).sort()).toEqual([one.id, other.id].sort());
  });

  it('clears up behind a run whose process is dead, and keeps its logs', async () => {
    const folder = earlierRun('dead', { pid: process.pid, started: 'before this process was there' });
    (await openRunFolder(scratch.path)).release();
    expect(readdirSync(folder)).toEqual(['web-1']);
    expect(readdirSync(join(folder, 'web-1'))).toEqual(['main.log']);
  });

  it('leaves the run of a living process alone', async () => {
    const self = processIdentity(process.pid);
    const folder = earlierRun('alive', self);
    (await openRunFolder(scratch.path)).release();
    expect(readdirSync(join(folder, 'web-1')).sort()).toEqual(['home', 'main.log', 'volumes']);
  });

  it('can be opened by several labs at once while there is much to clear up', async () => {
    for (let count = 0; count < 5; count++) earlierRun(`dead-${count}`, { pid: process.pid, started: 'earlier' });
    await Promise.all(Array.from({ length: 4 }, () => openRunFolder(scratch.path)));
    expect(readdirSync(runs).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('keeps the logs of the last five runs', async () => {
    for (let age = 1; age <= 8; age++) {
      const when = new Date(Date.now() - age * 60_000);
      utimesSync(earlierRun(`run-${age}`), when, when);
    }
    const run = await openRunFolder(scratch.path);
    run.release();
    expect(readdirSync(runs).sort()).toEqual([run.id, 'run-1', 'run-2', 'run-3', 'run-4', 'run-5'].sort());
  });
});

describe('processIdentity', () => {
  it('tells a process from a later one with the same number', () => {
    const self = processIdentity(process.pid);
    expect(self).toBeDefined();
    if (self === undefined) return;
    expect(isAlive(self)).toBe(true);
    expect(isAlive({ ...self, started: `${self.started}1` })).toBe(false);
  });

  it('is undefined for a process that is not there', () => {
    // Above every system's highest process number.
    expect(processIdentity(2 ** 30)).toBeUndefined();
  });
});
