import { randomUUID } from 'node:crypto';
import * as realFileSystem from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentAddress, type FileSet } from '../published-files/content-address';
import { publish, STAGING, type FileSystem, type Surroundings } from './publish';

const NOW = Date.UTC(2026, 10, 24);

let root: string;
beforeEach(async () => {
  root = await realFileSystem.mkdtemp(join(tmpdir(), 'publish-'));
});
afterEach(() => realFileSystem.rm(root, { recursive: true, force: true }));

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const one: FileSet = new Map([['config.yaml', text('model_list: []\n')]]);
const several: FileSet = new Map([
  ['main.js', text('run()')],
  ['scenarios/guide.yaml', text('name: guide')],
]);

const surroundings = (fileSystem: FileSystem = realFileSystem): Surroundings => ({
  fileSystem,
  root,
  now: () => NOW,
  uniqueName: () => randomUUID(),
});

const published = (files: FileSet, path: string) => join(root, contentAddress(files), path);

/** Every file below a folder, staging aside, with its content. */
async function contents(folder: string): Promise<Record<string, string>> {
  const entries = await realFileSystem.readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.includes(STAGING));
  const read = files.map(async ({ parentPath, name }): Promise<[string, string]> => {
    const path = join(parentPath, name);
    return [path.slice(folder.length + 1), await realFileSystem.readFile(path, 'utf8')];
  });
  return Object.fromEntries(await Promise.all(read));
}

test('publishes files under the hash of their content', async () => {
  await publish(several, contentAddress(several), surroundings());

  expect(await contents(join(root, contentAddress(several)))).toEqual({
    'main.js': 'run()',
    'scenarios/guide.yaml': 'name: guide',
  });
});

test('leaves files that all may read and none may write, not even the owner', async () => {
  await publish(one, contentAddress(one), surroundings());

  const { mode } = await realFileSystem.stat(published(one, 'config.yaml'));
  expect(mode & 0o777).toBe(0o444);
});

test('marks the folder as used now, also when it was there', async () => {
  await publish(one, contentAddress(one), surroundings());
  await realFileSystem.utimes(join(root, contentAddress(one)), new Date(0), new Date(0));

  await publish(one, contentAddress(one), surroundings());

  expect((await realFileSystem.stat(join(root, contentAddress(one)))).mtimeMs).toBe(NOW);
});

test('does not touch a file that is right', async () => {
  await publish(one, contentAddress(one), surroundings());
  const before = await realFileSystem.stat(published(one, 'config.yaml'));

  await publish(one, contentAddress(one), surroundings());

  expect((await realFileSystem.stat(published(one, 'config.yaml'))).ino).toBe(before.ino);
});

test.each([
  ['shortened', (path: string) => realFileSystem.writeFile(path, 'model')],
  ['removed', (path: string) => realFileSystem.rm(path)],
  ['made writable', (path: string) => realFileSystem.chmod(path, 0o644)],
])('repairs a file that was %s', async (_what, damage) => {
  await publish(one, contentAddress(one), surroundings());
  const path = published(one, 'config.yaml');
  await realFileSystem.chmod(path, 0o644);
  await damage(path);

  await publish(one, contentAddress(one), surroundings());

  expect(await realFileSystem.readFile(path, 'utf8')).toBe('model_list: []\n');
  expect((await realFileSystem.stat(path)).mode & 0o777).toBe(0o444);
});

test('several publishers at a time end with the same files', async () => {
  const publishers = Array.from({ length: 8 }, (_, index) => {
    const files = index % 2 === 0 ? one : several;
    return publish(files, contentAddress(files), surroundings());
  });

  await Promise.all(publishers);

  expect(await contents(root)).toEqual({
    [`${contentAddress(one)}/config.yaml`]: 'model_list: []\n',
    [`${contentAddress(several)}/main.js`]: 'run()',
    [`${contentAddress(several)}/scenarios/guide.yaml`]: 'name: guide',
  });
});

test('starts over when the folder is removed under its hands', async () => {
  let removed = false;
  const fileSystem: FileSystem = {
    ...realFileSystem,
    async utimes(path, atime, mtime) {
      if (!removed) await realFileSystem.rm(join(root, contentAddress(one)), { recursive: true });
      removed = true;
      await realFileSystem.utimes(path, atime, mtime);
    },
  };

  await publish(one, contentAddress(one), surroundings(fileSystem));

  expect(await realFileSystem.readFile(published(one, 'config.yaml'), 'utf8')).toBe('model_list: []\n');
});

test('refuses what reads back differently', async () => {
  const fileSystem: FileSystem = {
    ...realFileSystem,
    async utimes(path, atime, mtime) {
      await realFileSystem.chmod(published(one, 'config.yaml'), 0o644);
      await realFileSystem.writeFile(published(one, 'config.yaml'), 'something else');
      await realFileSystem.utimes(path, atime, mtime);
    },
  };

  await expect(publish(one, contentAddress(one), surroundings(fileSystem))).rejects.toThrow(
    /config\.yaml reads back as/,
  );
});

describe('dying at any step', () => {
  /** The system closes the files of a dead process. */
  const opened: realFileSystem.FileHandle[] = [];
  afterEach(() => Promise.all(opened.map((file) => file.close())));

  /** Every call from the n-th on fails, as if the process were gone: nothing is cleaned up. */
  function dyingAt(step: number): { fileSystem: FileSystem; calls: () => number } {
    let calls = 0;
    const mortal = <T extends object>(target: T): T =>
      new Proxy(target, {
        get(object, name) {
          const member: unknown = Reflect.get(object, name);
          if (typeof member !== 'function') return member;
          return async (...args: unknown[]): Promise<unknown> => {
            calls += 1;
            if (calls >= step) throw new Error('died');
            const result: unknown = await Reflect.apply(member, object, args);
            if (name !== 'open') return result;
            opened.push(result as realFileSystem.FileHandle);
            return mortal(result as object);
          };
        },
      });
    return { fileSystem: mortal({ ...realFileSystem }), calls: () => calls };
  }

  async function stepsOf(files: FileSet): Promise<number> {
    const { fileSystem, calls } = dyingAt(Infinity);
    await publish(files, contentAddress(files), surroundings(fileSystem));
    await realFileSystem.rm(root, { recursive: true });
    await realFileSystem.mkdir(root);
    return calls();
  }

  test('never leaves half a file under its name, and running again completes it', async () => {
    const whole: Readonly<Record<string, string>> = { 'main.js': 'run()', 'scenarios/guide.yaml': 'name: guide' };
    const steps = await stepsOf(several);
    expect(steps).toBeGreaterThan(15);
    const folder = join(root, contentAddress(several));

    for (let step = 1; step <= steps; step += 1) {
      await expect(publish(several, contentAddress(several), surroundings(dyingAt(step).fileSystem))).rejects.toThrow(
        'died',
      );
      await realFileSystem.mkdir(folder, { recursive: true });
      for (const [path, content] of Object.entries(await contents(folder))) expect(content).toBe(whole[path]);

      await publish(several, contentAddress(several), surroundings());
      expect(await contents(folder)).toEqual(whole);
      await realFileSystem.rm(root, { recursive: true });
      await realFileSystem.mkdir(root);
    }
  });
});
