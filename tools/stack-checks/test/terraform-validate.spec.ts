import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withOfflineAws, type OfflineAws } from '@loadlab/rehearsal';
import type { StackFile } from '../src';
import { everyStack } from './profiles';

jest.setTimeout(180_000);

let work: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'loadlab-validate-'));
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

const offline = <T>(use: (aws: OfflineAws) => Promise<T>): Promise<T> =>
  withOfflineAws({ accountFile: join(work, 'account.json'), workingFolders: [work] }, use);

/** What Terraform says of a stack; the backend is not asked, its block is checked when it is used. */
async function validate(aws: OfflineAws, folder: string): Promise<string> {
  for (const step of [['init', '-backend=false', '-input=false'], ['validate']]) {
    const { exitCode, stdout, stderr } = await aws.terraform(folder, ...step);
    if (exitCode !== 0) return `${stdout}${stderr}`.trim();
  }
  return 'valid';
}

function copyOf(stack: StackFile): string {
  const folder = join(work, stack.id);
  cpSync(stack.folder, folder, { recursive: true });
  return folder;
}

it('Terraform finds every stack valid, in both profiles', async () => {
  const found: Record<string, string> = {};
  const waiting = everyStack();
  const all = waiting.map(({ id }) => [id, 'valid']);
  await offline(async (aws) => {
    // Two at a time: Terraform works mostly on one core.
    const work = async (): Promise<void> => {
      for (let stack = waiting.pop(); stack !== undefined; stack = waiting.pop()) {
        found[stack.id] = await validate(aws, copyOf(stack));
      }
    };
    await Promise.all([work(), work()]);
  });
  expect(found).toEqual(Object.fromEntries(all));
});

it('and finds what is not', async () => {
  const [stack] = everyStack().filter(({ id }) => id === 'database-benchmark');
  if (stack === undefined) throw new Error('no database');
  const folder = copyOf(stack);
  const file = join(folder, 'cdk.tf.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"instance_class"', '"instance_klass"'));
  const said = await offline((aws) => validate(aws, folder));
  expect(said).toContain('instance_klass');
});
