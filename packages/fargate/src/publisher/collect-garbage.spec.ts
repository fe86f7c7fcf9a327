import { createHash, randomUUID } from 'node:crypto';
import * as realFileSystem from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { collectGarbage, RETENTION } from './collect-garbage';
import { STAGING, type FileSystem, type Surroundings } from './publish';

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 10, 24);

let root: string;
beforeEach(async () => {
  root = await realFileSystem.mkdtemp(join(tmpdir(), 'garbage-'));
  await realFileSystem.mkdir(join(root, STAGING));
});
afterEach(() => realFileSystem.rm(root, { recursive: true, force: true }));

const address = (index: number) => createHash('sha256').update(String(index)).digest('hex');
const surroundings = (fileSystem: FileSystem = realFileSystem): Surroundings => ({
  fileSystem,
  root,
  now: () => NOW,
  uniqueName: () => randomUUID(),
});

async function publishedDaysAgo(days: number, name: string): Promise<void> {
  const folder = join(root, name);
  await realFileSystem.mkdir(folder);
  await realFileSystem.writeFile(join(folder, 'config.yaml'), name, { mode: 0o444 });
  await realFileSystem.utimes(folder, new Date(NOW - days * DAY), new Date(NOW - days * DAY));
}

const folders = async () => (await realFileSystem.readdir(root)).filter((name) => name !== STAGING).sort();

test('keeps the last 20 however old, and removes older ones', async () => {
  for (let index = 0; index < 23; index += 1) await publishedDaysAgo(100 + index, address(index));

  const removed = await collectGarbage(RETENTION, surroundings());

  expect(removed.sort()).toEqual([20, 21, 22].map(address).sort());
  expect(await folders()).toEqual(Array.from({ length: 20 }, (_, index) => address(index)).sort());
});

test('keeps everything of the last 90 days, however much', async () => {
  for (let index = 0; index < 30; index += 1) await publishedDaysAgo(89, address(index));

  expect(await collectGarbage(RETENTION, surroundings())).toEqual([]);
});

test('leaves alone what no publisher made', async () => {
  for (let index = 0; index < 21; index += 1) await publishedDaysAgo(1, address(index));
  await publishedDaysAgo(1000, 'somebody-elses');

  await collectGarbage(RETENTION, surroundings());

  expect(await folders()).toContain('somebody-elses');
});

test('never removes what is young or among the last, whatever there is', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
      async (ages, last) => {
        await realFileSystem.rm(root, { recursive: true, force: true });
        await realFileSystem.mkdir(join(root, STAGING), { recursive: true });
        for (const [index, days] of ages.entries()) await publishedDaysAgo(days, address(index));

        const removed = await collectGarbage({ youngerThanMs: 90 * DAY, last }, surroundings());

        const left = ages.filter((_, index) => !removed.includes(address(index)));
        const gone = ages.filter((_, index) => removed.includes(address(index)));
        expect(gone.every((days) => days > 90)).toBe(true);
        expect(left).toHaveLength(Math.max(Math.min(last, ages.length), ages.filter((days) => days <= 90).length));
        expect(Math.min(...gone, Infinity)).toBeGreaterThanOrEqual(
          Math.max(...[...left].sort((a, b) => a - b).slice(0, last), 0),
        );
        expect(await folders()).toHaveLength(left.length);
      },
    ),
    { numRuns: 40 },
  );
});

test('puts back a folder that somebody published again meanwhile', async () => {
  for (let index = 0; index < 21; index += 1) await publishedDaysAgo(100 + index, address(index));
  const oldest = address(20);
  const fileSystem: FileSystem = {
    ...realFileSystem,
    async rename(from, to) {
      if (from === join(root, oldest)) await realFileSystem.utimes(from, new Date(NOW), new Date(NOW));
      await realFileSystem.rename(from, to);
    },
  };

  const removed = await collectGarbage(RETENTION, surroundings(fileSystem));

  expect(removed).toEqual([]);
  expect(await realFileSystem.readFile(join(root, oldest, 'config.yaml'), 'utf8')).toBe(oldest);
});

test.each([
  ['yesterday', 2, false],
  ['just now', 0.1, true],
])('removes from staging what a crash left %s', async (_when, days, stays) => {
  const path = join(root, STAGING, 'left-over');
  await realFileSystem.writeFile(path, 'half a f');
  await realFileSystem.utimes(path, new Date(NOW - days * DAY), new Date(NOW - days * DAY));

  await collectGarbage(RETENTION, surroundings());

  expect((await realFileSystem.readdir(join(root, STAGING))).includes('left-over')).toBe(stays);
});
