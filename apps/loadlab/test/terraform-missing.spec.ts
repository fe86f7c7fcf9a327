import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { Workbench } from './loadlab-process';

/** A machine on which only some programs are installed. */
jest.setTimeout(30_000);

let bench: Workbench;
let bin: string;
beforeEach(() => {
  bench = new Workbench();
  bin = path.join(bench.folder, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, path.join(bin, 'node'));
});
afterEach(() => bench.remove());

function install(name: string, script: string): void {
  chmodSync(bench.write(`bin/${name}`, `#!/bin/sh\n${script}\n`), 0o755);
}

describe('without a Terraform that suits, nothing is started', () => {
  it.each([
    ['local', undefined, /was not found on the PATH[\s\S]*install[\s\S]*loadlab local --without-terraform/],
    ['local', 'v1.10.5', /1\.10\.5 is too old[\s\S]*loadlab local --without-terraform/],
    ['rehearse plan', undefined, /was not found on the PATH[\s\S]*install/],
  ])('%s, with %s, says how to get one', async (command, version, expected) => {
    if (version !== undefined) install('terraform', `echo Terraform ${version}`);
    const { code, stdout, stderr } = await bench.run(command.split(' '), { env: { PATH: bin } });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(expected);
    expect(stderr).toContain('Nothing was started.');
  });
});

describe('what cannot be rehearsed is refused with what was likely meant', () => {
  it.each([
    ['rehearse deplyo', /did you mean "deploy"/],
    ['rehearse plan --containers', /rehearse deploy --containers/],
  ])('%s', async (command, expected) => {
    const { code, stderr } = await bench.run(command.split(' '));
    expect(code).toBe(3);
    expect(stderr).toMatch(expected);
  });

  it('an account that was broken by hand: where, before anything is started', async () => {
    const account = bench.write('account.json', '{ "schema": "loadlab.account/v1",\n  "resources": [ }');
    const { code, stdout, stderr } = await bench.run(['rehearse', 'plan', '--account', account]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/account\.json\n {2}line 2 {2}not valid JSON[\s\S]*Nothing was started\.\n$/);
  });
});
