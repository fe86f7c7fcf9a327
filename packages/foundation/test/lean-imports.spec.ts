import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Packages that a module loads, in a process of its own. */
function packagesLoadedBy(module: string): Set<string> {
  const script = `require(${JSON.stringify(module)}); console.log(JSON.stringify(Object.keys(require.cache)))`;
  const printed = execFileSync(process.execPath, ['--import', 'tsx', '-e', script], {
    cwd: __dirname,
    encoding: 'utf8',
  });
  const files = JSON.parse(printed) as string[];
  return new Set(files.map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? 'ours'));
}

describe('what has to be loaded', () => {
  it('without a stack is neither cdktf nor the provider', () => {
    const loaded = packagesLoadedBy(join(__dirname, '../src/index.ts'));
    expect(loaded).toContain('zod');
    expect([...loaded].filter((name) => name === 'constructs' || name.includes('cdktf'))).toEqual([]);
  });

  it('for a stack is not the whole provider, which takes 5 s and 578 MB', () => {
    const script = `require(${JSON.stringify(join(__dirname, '../src/stack/index.ts'))}); console.log(Object.keys(require.cache).filter((file) => /provider-aws\\/lib\\/[^/]+\\/index/.test(file)).length)`;
    const printed = execFileSync(process.execPath, ['--import', 'tsx', '-e', script], {
      cwd: __dirname,
      encoding: 'utf8',
    });
    expect(Number(printed)).toBeGreaterThan(0);
    expect(Number(printed)).toBeLessThan(10);
  });
});
