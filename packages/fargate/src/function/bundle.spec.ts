import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { workspaceRoot } from '@loadlab/foundation';
import { bundle } from './bundle';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A workspace of its own with a two-file program. */
function workspace(greeting = 'hello'): {
  readonly root: string;
  readonly entry: string;
  readonly greet: (text: string) => void;
} {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'bundle-')));
  folders.push(root);
  mkdirSync(join(root, 'node_modules'));
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'node_modules', '.package-lock.json'), '{}');
  const greet = (text: string) => {
    writeFileSync(join(root, 'src', 'greeting.ts'), `export const greeting: string = '${text}';\n`);
  };
  greet(greeting);
  const entry = join(root, 'src', 'main.ts');
  writeFileSync(entry, "import { greeting } from './greeting';\nexport const handler = () => greeting;\n");
  return { root, entry, greet };
}

const run = (code: Uint8Array): unknown => {
  const module = { exports: {} as { handler?: () => unknown } };
  runInNewContext(Buffer.from(code).toString(), { module, exports: module.exports });
  return module.exports.handler?.();
};

test('makes one file of a program and what it imports', () => {
  const { root, entry } = workspace();

  expect(run(bundle(entry, root))).toBe('hello');
});

test('is the same in every folder', () => {
  const [one, other] = [workspace(), workspace()];

  expect(Buffer.from(bundle(one.entry, one.root))).toEqual(Buffer.from(bundle(other.entry, other.root)));
});

test('is kept, and built anew when an imported file changes', () => {
  const { root, entry, greet } = workspace();
  const first = Buffer.from(bundle(entry, root));

  expect(Buffer.from(bundle(entry, root))).toEqual(first);
  greet('good evening');
  expect(run(bundle(entry, root))).toBe('good evening');
});

test('is built anew when other packages are installed', () => {
  const { root, entry } = workspace();
  mkdirSync(join(root, 'node_modules', 'words'));
  const install = (word: string) => {
    writeFileSync(join(root, 'node_modules', 'words', 'index.js'), `exports.word = '${word}';`);
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ word }));
  };
  writeFileSync(entry, "import { word } from 'words';\nexport const handler = () => word;\n");
  install('old');
  bundle(entry, root);

  install('new');

  expect(run(bundle(entry, root))).toBe('new');
});

test('says what does not build', () => {
  const { root, entry } = workspace();
  writeFileSync(entry, "export { nothing } from './nowhere';\n");

  expect(() => bundle(entry, root)).toThrow('Could not resolve "./nowhere"');
});

test.each(['publisher', 'probe', 'deployer'])('our %s is the same in another folder', (name) => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'checkout-')));
  folders.push(root);
  cpSync(join(__dirname, '..'), join(root, 'packages', 'fargate', 'src'), { recursive: true });
  // All that is installed, but not what is kept there from earlier builds.
  mkdirSync(join(root, 'node_modules'));
  for (const name of readdirSync(join(workspaceRoot(), 'node_modules')).filter((one) => !one.startsWith('.'))) {
    symlinkSync(join(workspaceRoot(), 'node_modules', name), join(root, 'node_modules', name));
  }
  const here = bundle(join(__dirname, '..', name, 'handler.ts'));

  const there = bundle(join(root, 'packages', 'fargate', 'src', name, 'handler.ts'), root);

  expect(Buffer.from(there).equals(Buffer.from(here))).toBe(true);
});
