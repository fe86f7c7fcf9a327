import { spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findPostgres } from '../tools';

/** A clone in small: the set-up step, the lock files it reads, and a PATH with stand-ins that write down how they were called. */
class Clone {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'loadlab-setup-'));
  private readonly bin = path.join(this.folder, 'bin');
  private readonly calls = path.join(this.folder, 'calls');

  constructor() {
    cpSync(path.join(__dirname, '..'), path.join(this.folder, 'tools', 'setup'), {
      recursive: true,
      filter: (file) => !/node_modules|test|out-tsc/.test(path.basename(file)),
    });
    mkdirSync(this.bin);
    for (const lock of [
      'tools/python/uv.lock',
      'tools/python/litellm/requirements.lock',
      'tools/python/moto/requirements.lock',
      'tools/python/checkov/requirements.lock',
    ]) {
      mkdirSync(path.dirname(path.join(this.folder, lock)), { recursive: true });
      writeFileSync(path.join(this.folder, lock), 'package==1 --hash=sha256:0\n');
    }
    this.write('package-lock.json', '{}');
  }

  write(file: string, text: string): void {
    writeFileSync(path.join(this.folder, file), text);
  }

  /** Puts a stand-in on the PATH. `$CLONE` is the clone's folder. */
  tool(name: string, script: string): this {
    const file = path.join(this.bin, name);
    writeFileSync(file, `#!/bin/sh\nCLONE='${this.folder}'\necho "${name} $*" >> '${this.calls}'\n${script}\n`);
    chmodSync(file, 0o755);
    return this;
  }

  withNpm(script = 'mkdir -p "$CLONE/node_modules"'): this {
    return this.tool('npm', script);
  }

  withPython(version = '3.11'): this {
    const venv =
      'mkdir -p "$3/bin"; for tool in python uv; do printf "#!/bin/sh\\nexit 0\\n" > "$3/bin/$tool"; chmod +x "$3/bin/$tool"; done';
    return this.tool('python3', `case "$1 $2" in "-c "*) echo ${version};; "-m venv") ${venv};; esac`);
  }

  called(): string[] {
    return existsSync(this.calls) ? readFileSync(this.calls, 'utf8').trim().split('\n') : [];
  }

  setUp(...flags: string[]): Promise<{ code: number | null; words: string }> {
    return this.start('setup.js', flags);
  }

  benchmark(...flags: string[]): Promise<{ code: number | null; words: string }> {
    return this.start('benchmark.js', flags);
  }

  private start(program: string, flags: readonly string[]): Promise<{ code: number | null; words: string }> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [path.join(this.folder, 'tools', 'setup', program), ...flags], {
        // The usual folders for the stand-ins' own needs (mkdir, chmod), which hold no npm and no Python of their own here.
        env: { PATH: `${this.bin}:${this.folder}/coreutils`, HOME: this.folder },
      });
      let words = '';
      child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
      child.on('close', (code) => resolve({ code, words }));
    });
  }
}

let clone: Clone;

beforeEach(() => {
  clone = new Clone();
  mkdirSync(path.join(clone.folder, 'coreutils'));
  for (const name of ['mkdir', 'chmod', 'sleep']) {
    const real = ['/bin', '/usr/bin'].map((folder) => path.join(folder, name)).find((file) => existsSync(file));
    writeFileSync(path.join(clone.folder, 'coreutils', name), `#!/bin/sh\nexec ${real ?? name} "$@"\n`, {
      mode: 0o755,
    });
  }
});

afterEach(() => rmSync(clone.folder, { recursive: true, force: true }));

describe('a first start', () => {
  it('installs npm packages from the lock file and makes the Python environment from hashed requirements', async () => {
    clone.withNpm().withPython();
    const { code } = await clone.setUp('--python');
    expect(code).toBe(0);
    expect(clone.called()).toContain('npm install --no-save --no-audit --no-fund');
    expect(existsSync(path.join(clone.folder, '.venv', 'bin', 'python'))).toBe(true);
  });

  it('for rehearsals makes only what keeps their states, and wants neither a browser nor a database', async () => {
    clone.withNpm().withPython().tool('terraform', 'echo Terraform v1.11.4');
    const { code } = await clone.setUp('--for-rehearsals');
    expect(code).toBe(0);
    const made = ['.venv', '.venv-moto', '.venv-checkov'].filter((name) => existsSync(path.join(clone.folder, name)));
    expect(made).toEqual(['.venv-moto']);
  });

  it('says how far it is', async () => {
    clone.withNpm().withPython();
    const { words } = await clone.setUp('--python');
    expect(words).toMatch(/npm packages …[\s\S]*npm packages done in \d+ s[\s\S]*\.venv \(LiteLLM/);
  });
});

it('finds PostgreSQL in Debian’s folder of versions, and nowhere half of it', () => {
  const [version, half] = ['15', '16'].map((name) => path.join(clone.folder, 'postgresql', name, 'bin'));
  const programs = { [version!]: ['initdb', 'postgres'], [half!]: ['initdb'] };
  for (const [folder, names] of Object.entries(programs)) {
    mkdirSync(folder, { recursive: true });
    for (const name of names) writeFileSync(path.join(folder, name), '', { mode: 0o755 });
  }
  const { PATH } = process.env;
  process.env.PATH = half;
  expect(findPostgres(path.join(clone.folder, 'postgresql'))).toBe(version);
  process.env.PATH = version;
  expect(findPostgres(path.join(clone.folder, 'nowhere'))).toBe(version);
  process.env.PATH = PATH;
});

describe('a later start', () => {
  it('calls no tool when nothing changed', async () => {
    clone.withNpm().withPython();
    await clone.setUp('--python');
    const before = clone.called().length;
    const { code, words } = await clone.setUp('--python');
    expect({ code, words, calls: clone.called().length }).toEqual({ code: 0, words: '', calls: before });
  });

  it('installs again when the lock file changed, and leaves the Python environment', async () => {
    clone.withNpm().withPython();
    await clone.setUp('--python');
    const before = clone.called().length;
    clone.write('package-lock.json', '{"changed":true}');
    await clone.setUp('--python');
    expect(clone.called().slice(before)).toEqual(['npm install --no-save --no-audit --no-fund']);
  });

  it('makes a half-made Python environment anew', async () => {
    clone.withNpm().withPython();
    mkdirSync(path.join(clone.folder, '.venv', 'leftover'), { recursive: true });
    await clone.setUp('--python');
    expect(existsSync(path.join(clone.folder, '.venv', 'leftover'))).toBe(false);
  });

  it('takes over from a set-up that was killed', async () => {
    clone.withNpm();
    mkdirSync(path.join(clone.folder, '.loadlab'));
    clone.write('.loadlab/setup.lock', '999999999');
    const { code } = await clone.setUp();
    expect(code).toBe(0);
  });
});

it('does the work once when it is started twice at once', async () => {
  clone.withNpm('sleep 0.3; mkdir -p "$CLONE/node_modules"');
  const [first, second] = await Promise.all([clone.setUp(), clone.setUp()]);
  expect([first.code, second.code]).toEqual([0, 0]);
  expect(clone.called()).toHaveLength(1);
  expect(first.words + second.words).toContain('waiting for another set-up');
});

describe('what is missing is named with the command that mends it', () => {
  it.each<[string, () => Clone, string[], RegExp]>([
    ['npm', () => clone, [], /npm was not found[\s\S]*->/],
    [
      'Python',
      () => clone.withNpm(),
      ['--python'],
      /Python 3\.10 to 3\.14 is needed[\s\S]*seen: none[\s\S]*(apt-get install|brew install)/,
    ],
    [
      'a newer Python',
      () => clone.withNpm().withPython('3.9'),
      ['--python'],
      /python3 is 3\.9[\s\S]*(apt-get install|brew install)/,
    ],
    [
      "Python's venv module",
      () => clone.withNpm().tool('python3', 'echo 3.11; exit 1'),
      ['--python'],
      /venv module is missing[\s\S]*(python3-venv|brew install)/,
    ],
    [
      'Chromium',
      () => clone.withNpm().withPython(),
      ['--python', '--for-tests'],
      /no Chromium or Chrome was found[\s\S]*->/,
    ],
    [
      'Terraform',
      () => clone.withNpm().withPython().tool('chromium', ''),
      ['--python', '--for-tests'],
      /Terraform was not found on the PATH[\s\S]*->/,
    ],
    [
      'a newer Terraform',
      () => clone.withNpm().withPython().tool('chromium', '').tool('terraform', 'echo Terraform v1.9.8'),
      ['--python', '--for-tests'],
      /Terraform 1\.9\.8 is too old[\s\S]*->/,
    ],
    [
      'Terraform, where a rehearsal is all that is wanted',
      () => clone.withNpm().withPython(),
      ['--for-rehearsals'],
      /Terraform was not found on the PATH; a rehearsal is[\s\S]*->/,
    ],
    [
      'the registry',
      () => clone.withNpm('echo "ENOTFOUND registry" >&2; exit 7'),
      [],
      /exit code 7\nENOTFOUND registry[\s\S]*setup\.log/,
    ],
    ['a known flag', () => clone, ['--pyhton'], /unknown flag --pyhton/],
  ])('%s', async (_, given, flags, expected) => {
    const { code, words } = await given().setUp(...flags);
    expect(code).toBe(3);
    expect(words).toMatch(expected);
  });

  it('and a failed step is tried again at the next start', async () => {
    clone.withNpm('exit 1');
    await clone.setUp();
    clone.withNpm();
    const { code } = await clone.setUp();
    expect(code).toBe(0);
  });
});

describe('npm run benchmark', () => {
  const withLoadLab = (): void => {
    const file = path.join(clone.folder, 'apps/loadlab/bin/loadlab.js');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, "process.stderr.write('loadlab ' + process.argv.slice(2).join(' ')); process.exitCode = 2;");
  };

  it.each<[string, () => Clone, RegExp]>([
    ['without Terraform', () => clone, /Terraform was not found/],
    ['with an old one', () => clone.tool('terraform', 'echo Terraform v1.9.8'), /Terraform 1\.9\.8 is too old/],
  ])('%s says so, and what can be done, before anything is installed', async (_, given, expected) => {
    const { code, words } = await given().withNpm().withPython().benchmark();
    expect(code).toBe(3);
    expect(words).toMatch(expected);
    expect(words).toContain('npm run benchmark -- --without-terraform');
    expect(clone.called().filter((call) => call.startsWith('npm'))).toEqual([]);
  });

  it.each<[string, () => Clone, string[]]>([
    ['with Terraform', () => clone.tool('terraform', 'echo Terraform v1.11.4'), ['smoke']],
    ['without it, when that is wanted', () => clone, ['smoke', '--without-terraform']],
  ])('%s installs, hands its flags on, and ends as loadlab does', async (_, given, flags) => {
    withLoadLab();
    const { code, words } = await given()
      .withNpm()
      .withPython()
      .benchmark(...flags);
    expect(code).toBe(2);
    expect(words).toContain(`loadlab local ${flags.join(' ')}`);
    expect(existsSync(path.join(clone.folder, '.venv-moto'))).toBe(true);
  });
});
