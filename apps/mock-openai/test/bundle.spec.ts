import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleMockOpenAi } from '../src';

const WORKSPACE = join(__dirname, '..', '..', '..');
const copied = ['apps/mock-openai', 'packages/foundation'].flatMap((project) => [
  join(project, 'src'),
  join(project, 'package.json'),
]);
let folder: string;
beforeEach(() => (folder = realpathSync(mkdtempSync(join(tmpdir(), 'mock-openai-bundle-')))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('the bundle', () => {
  it('is one file, named by its content, that needs nothing but Node', async () => {
    const { file, sha256 } = await bundleMockOpenAi(join(folder, 'deep', 'main.js'));

    const content = readFileSync(file);
    expect(file).toBe(join(folder, 'deep', 'main.js'));
    expect(sha256).toBe(createHash('sha256').update(content).digest('hex'));
    // Run where no package can be found.
    expect(execFileSync(process.execPath, [file, '--help'], { cwd: folder }).toString()).toContain('--latency');
  });

  it('tells nothing about the machine that made it', async () => {
    const { file } = await bundleMockOpenAi(join(folder, 'main.js'));

    expect(readFileSync(file).includes(WORKSPACE.slice(1))).toBe(false);
  });

  it('is the same, byte for byte, from a copy of the workspace at another path', async () => {
    const here = await bundleMockOpenAi(join(folder, 'here.js'));
    const copy = join(folder, 'a copy', 'of the workspace');
    for (const path of copied)
      cpSync(join(WORKSPACE, path), join(copy, path), {
        recursive: true,
        filter: (file) => !file.endsWith('.spec.ts'),
      });
    linkModules(copy);
    const script = join(copy, 'apps', 'mock-openai', 'src', 'bundle', 'bundle-mock-openai.ts');
    const program = `require(${JSON.stringify(script)}).bundleMockOpenAi('there.js').then((bundle) => console.log(bundle.sha256))`;

    const tsx = require.resolve('tsx/cjs');
    const there = execFileSync(process.execPath, ['--require', tsx, '--eval', program], { cwd: folder });

    expect(there.toString().trim()).toBe(here.sha256);
  });
});

/** Gives a copy of the workspace its packages: foundation's own copy, links to all that come from elsewhere. */
function linkModules(copy: string): void {
  const modules = join(WORKSPACE, 'node_modules');
  mkdirSync(join(copy, 'node_modules', '@loadlab'), { recursive: true });
  for (const name of readdirSync(modules)) {
    if (name !== '@loadlab') symlinkSync(join(modules, name), join(copy, 'node_modules', name));
  }
  symlinkSync(join(copy, 'packages', 'foundation'), join(copy, 'node_modules', '@loadlab', 'foundation'));
  const own = join('apps', 'mock-openai', 'node_modules');
  if (existsSync(join(WORKSPACE, own))) symlinkSync(join(WORKSPACE, own), join(copy, own));
}
