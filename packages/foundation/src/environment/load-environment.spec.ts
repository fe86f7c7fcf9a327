import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../problems/problem';
import { chooseEnvironment } from './choose-environment';
import { environmentNames, loadEnvironment } from './load-environment';

const SOUND = 'namespace: lab\nregion: us-east-1\nbackend:\n  local: {}\n';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'environments-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** Writes a folder, and returns its path. */
function write(folder: string, files: Record<string, string>): string {
  const path = join(root, folder);
  mkdirSync(path, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

function refusal(nameOrDirectory: string): string {
  try {
    loadEnvironment(nameOrDirectory, { root });
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return '';
}

describe('an environment', () => {
  it('is read by its name, with LiteLLM’s configuration and all defaults', () => {
    const config = 'model_list: []\n';
    const directory = write('environments/trial', { 'environment.yaml': SOUND, 'config.yaml': config });
    const environment = loadEnvironment('trial', { root });
    expect(environment).toMatchObject({
      name: 'trial',
      directory,
      file: join(directory, 'environment.yaml'),
      namespace: 'lab',
      network: { cidr: '10.40.0.0/16', availabilityZones: 2, nat: 'single' },
      database: { engineVersion: '16', instanceClass: 'db.m7g.large', storageGb: 50, multiAz: false },
      proxy: { tasks: 4, cpu: 4, memoryGb: 8, workersPerTask: 4, storeModelInDb: true, loadBalancer: 'internal' },
      mockOpenai: { tasks: 2, latency: 0.1 },
      loadGenerator: { maxTasks: 16 },
      warnings: [],
    });
    const sha256 = createHash('sha256').update(config).digest('hex');
    expect(environment.litellmConfig).toEqual({ file: join(directory, 'config.yaml'), text: config, sha256 });
  });

  it('is read from any folder, under a name that AWS takes', () => {
    const directory = write('Some_Folder.2', { 'environment.yaml': SOUND, 'config.yaml': 'x: 1' });
    const environment = loadEnvironment(directory, { root });
    expect(environment.name).toBe('some-folder-2');
    expect(environment.warnings.map(({ hint }) => hint)).toEqual(['it goes by "some-folder-2"']);
  });

  it('is read with a configuration of another name', () => {
    write('environments/trial', {
      'environment.yaml': `${SOUND}proxy:\n  config: ./models.yml\n`,
      'models.yml': 'x: 1',
    });
    expect(loadEnvironment('trial', { root }).litellmConfig.text).toBe('x: 1');
  });

  it('is read without a configuration by whoever brings one', () => {
    write('environments/trial', { 'environment.yaml': SOUND });
    expect(() => loadEnvironment('trial', { root })).toThrow(/config\.yaml\n {2}no such file/);
    expect(loadEnvironment('trial', { root, configMayBeMissing: true }).litellmConfig.text).toBe('');
  });

  it('stands by in production, and stores no models without a database', () => {
    write('environments/a', { 'environment.yaml': `${SOUND}profile: production\n`, 'config.yaml': 'x: 1' });
    write('environments/b', { 'environment.yaml': `${SOUND}database: none\n`, 'config.yaml': 'x: 1' });
    expect(loadEnvironment('a', { root }).database).toMatchObject({ multiAz: true });
    expect(loadEnvironment('b', { root }).proxy.storeModelInDb).toBe(false);
  });

  it('that does not exist is refused with those that do', () => {
    write('environments/laptop', { 'environment.yaml': SOUND });
    write('environments/not-one', { 'readme.txt': '' });
    expect(refusal('laptpo')).toBe(
      'environments/laptpo/environment.yaml\n  no environment "laptpo"  -> did you mean "laptop"? (there is laptop)',
    );
    expect(environmentNames(root)).toEqual(['laptop']);
  });

  it('that does not exist is refused where there is none at all', () => {
    expect(environmentNames(root)).toEqual([]);
    expect(refusal('trial')).toContain('there is none under environments/ yet');
    expect(refusal('./trial')).toContain('no environment "./trial"');
  });

  it('is refused for both files at once, each named from the workspace', () => {
    write('environments/trial', { 'environment.yaml': `${SOUND}proxy:\n  tasks: 0\n` });
    expect(refusal('trial').split('\n')).toEqual([
      'environments/trial/environment.yaml',
      '  proxy.tasks  0 is too small: at least 1',
      'environments/trial/config.yaml',
      '  no such file',
    ]);
  });

  it('is refused when its file is no YAML, named from the workspace', () => {
    write('environments/trial', { 'environment.yaml': 'a: [1\n', 'config.yaml': 'x: 1' });
    expect(refusal('trial')).toMatch(/^environments\/trial\/environment\.yaml\n {2}line 2 {2}not valid YAML: /);
  });

  it('is refused when its file is no table', () => {
    write('environments/trial', { 'environment.yaml': '- a\n- b\n', 'config.yaml': 'x: 1' });
    expect(refusal('trial')).toContain('must be an object, not ["a","b"]');
  });

  it('is refused when one of its parts is null', () => {
    write('environments/trial', { 'environment.yaml': `${SOUND}proxy:\n`, 'config.yaml': 'x: 1' });
    expect(refusal('trial')).toContain('must be an object, not null');
  });
});

describe('the choice of an environment', () => {
  it.each([
    ['the flag first', { flag: 'a', purpose: 'change', variables: { LOADLAB_ENVIRONMENT: 'b' } }, 'a'],
    ['then the variable', { purpose: 'change', variables: { LOADLAB_ENVIRONMENT: 'b' } }, 'b'],
    ['not an empty flag', { flag: '', purpose: 'synth', variables: { LOADLAB_ENVIRONMENT: 'b' } }, 'b'],
    ['benchmark to synthesize', { purpose: 'synth', variables: {} }, 'benchmark'],
    ['laptop on this machine', { purpose: 'local', variables: { LOADLAB_ENVIRONMENT: '' } }, 'laptop'],
  ] as const)('is %s', (_what, options, chosen) => {
    expect(chooseEnvironment(options)).toBe(chosen);
  });

  it('is asked of whoever changes an account', () => {
    expect(() => chooseEnvironment({ purpose: 'change', variables: {} })).toThrow(
      /--environment NAME, or LOADLAB_ENVIRONMENT=NAME \(there is .*benchmark.*laptop.*\)/,
    );
  });
});
