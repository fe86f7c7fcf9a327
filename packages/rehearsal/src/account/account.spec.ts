import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Account } from './account';
import { SecretValues } from './secret-values';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'loadlab-account-'));
let file: string;
let files = 0;
beforeEach(() => (file = join(folder, `account-${files++}.json`)));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const thing = (id: string) => ({
  type: 'aws_vpc',
  id,
  region: 'us-east-1',
  attributes: { arn: `arn:${id}`, name: `name-${id}` },
});

describe('an account', () => {
  it('is empty until something is put into it', async () => {
    const account = new Account(file, '210987654321');
    expect([account.read().all(), account.read().accountId]).toEqual([[], '210987654321']);
    await account.change((draft) => draft.put(thing('b')));
    await account.change((draft) => draft.put(thing('a')));
    expect(
      new Account(file)
        .read()
        .all()
        .map(({ id }) => id),
    ).toEqual(['a', 'b']);
  });

  it('makes changes that come at once together, and of one that fails nothing', async () => {
    const account = new Account(file);
    const outcomes = await Promise.allSettled([
      account.change((draft) => draft.put(thing('a'))),
      account.change((draft) => {
        draft.put(thing('half'));
        throw new Error('refused');
      }),
      // Sees what came before it.
      account.change((draft) => {
        draft.put(thing('b'));
        return draft.all().map(({ id }) => id);
      }),
    ]);
    expect(outcomes).toEqual([
      { status: 'fulfilled', value: undefined },
      { status: 'rejected', reason: new Error('refused') },
      { status: 'fulfilled', value: ['a', 'b'] },
    ]);
    const seen = new Account(file).read().all();
    expect(seen.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('finds things by id, ARN and name', async () => {
    const account = new Account(file);
    await account.change((draft) => draft.put(thing('a')));
    for (const name of ['a', 'arn:a', 'name-a']) expect(account.read().find('aws_vpc', name)?.id).toBe('a');
    expect(account.read().find('aws_subnet', 'a')).toBeUndefined();
  });

  it('is as it was when a change fails', async () => {
    const account = new Account(file);
    await account.change((draft) => draft.put(thing('a')));
    const failing = account.change((draft) => {
      draft.put(thing('b'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(account.read().all()).toHaveLength(1);
  });

  it('never gives a number twice', async () => {
    const account = new Account(file);
    const numbers = [
      await account.change((draft) => draft.count('x')),
      await account.change((draft) => draft.count('x')),
    ];
    expect([...numbers, await account.change((draft) => draft.count('y'))]).toEqual([1, 2, 1]);
  });

  it('shows what a person wrote into its file', async () => {
    const account = new Account(file);
    await account.change((draft) => draft.put(thing('a')));
    writeFileSync(file, readFileSync(file, 'utf8').replace('name-a', 'renamed'));
    expect(account.read().get('aws_vpc', 'a', 'us-east-1')?.attributes.name).toBe('renamed');
  });

  it.each([
    ['no JSON', '{ "schema": ', 'not valid JSON'],
    ['no account', '{"schema":"loadlab.account/v2","accountId":"1","resources":{}}', 'accountId'],
    [
      'a misspelt type',
      '{"schema":"loadlab.account/v1","accountId":"123456789012","resources":[{"type":"vpc","id":"a","region":"r","attributes":{}}]}',
      'must be a Terraform type such as aws_vpc',
    ],
    [
      'attributes that are none',
      '{"schema":"loadlab.account/v1","accountId":"123456789012","resources":[{"type":"aws_vpc","id":"a","region":"r","attributes":[]}]}',
      'must be an object',
    ],
  ])('is refused with %s, and says where', (_case, text, message) => {
    writeFileSync(file, text);
    expect(() => new Account(file).read()).toThrow(message);
    expect(() => new Account(file).read()).toThrow(file);
  });

  it('loses nothing when several processes change it at once', async () => {
    const program = `
      const { Account } = require(${JSON.stringify(join(__dirname, 'account.ts'))});
      const account = new Account(process.argv[1]);
      const thing = (id) => ({ type: 'aws_vpc', id, region: 'us-east-1', attributes: {} });
      (async () => { for (let n = 0; n < 20; n++) await account.change((draft) => draft.put(thing(process.argv[2] + '-' + n))); })();`;
    const args = ['--require', require.resolve('tsx/cjs'), '-e', program, file];
    await Promise.all(['a', 'b', 'c'].map((name) => run(process.execPath, [...args, name])));
    expect(new Account(file).read().all()).toHaveLength(60);
  }, 30_000);

  it('is not held up by a process that died while it changed it', async () => {
    const { pid } = await deadProcess();
    writeFileSync(`${file}.lock`, String(pid));
    await new Account(file).change((draft) => draft.put(thing('a')));
    expect(new Account(file).read().all()).toHaveLength(1);
  });
});

describe('secret values', () => {
  it('lie beside the account, for their owner only', async () => {
    const secrets = new SecretValues(file);
    await secrets.set('key|1', 'first');
    await secrets.set('key|2', 'second');
    await secrets.set('other', 'third');
    expect([secrets.file, statSync(secrets.file).mode & 0o777]).toEqual([
      file.replace('.json', '.secrets.json'),
      0o600,
    ]);
    await secrets.forget('key|');
    expect(secrets.all()).toEqual({ other: 'third' });
  });
});

async function deadProcess(): Promise<{ pid: number }> {
  // What `-p` prints may be in colours.
  const { stdout } = await run(process.execPath, ['-e', 'process.stdout.write(String(process.pid))']);
  return { pid: Number(stdout) };
}
