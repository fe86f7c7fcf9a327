import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

// A process that compiles as it goes takes its time on a busy machine.
jest.setTimeout(120_000);

/** Files that a module has loaded, in a process of its own, from its package's folder in node_modules on. */
function loadedBy(module: string): string[] {
  const script = `require(${JSON.stringify(module)}); process.stdout.write(JSON.stringify(Object.keys(require.cache)))`;
  const options = { cwd: __dirname, encoding: 'utf8' } as const;
  const printed = execFileSync(process.execPath, ['--import', 'tsx', '-e', script], options);
  return (JSON.parse(printed) as string[]).map((file) => file.split('/node_modules/').at(-1) ?? file);
}

describe('what has to be loaded', () => {
  it('without a stack is neither cdktf nor the provider', () => {
    const loaded = loadedBy(join(__dirname, '../src/index.ts'));
    expect(loaded.filter((file) => file.startsWith('zod/'))).not.toEqual([]);
    expect(loaded.filter((file) => /^(?:constructs|cdktf|@cdktf)\//.test(file))).toEqual([]);
  });

  it('for a stack is a few bindings, not the whole provider, which takes 5 s and 578 MB', () => {
    const loaded = loadedBy(join(__dirname, '../src/stack/index.ts'));
    const bindings = loaded.filter((file) => /^@cdktf\/provider-aws\/lib\/[^/]+\/index\.js$/.test(file));
    expect(bindings.length).toBeGreaterThan(0);
    expect(bindings.length).toBeLessThan(10);
  });
});
