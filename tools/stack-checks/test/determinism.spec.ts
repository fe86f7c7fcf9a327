import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@loadlab/foundation';
import { digestsBelow, synthesizeLab } from '../src';
import { copyWorkspace } from './copy-workspace';
import { synthesized } from './profiles';

jest.setTimeout(120_000);

let work: string;
beforeEach(() => {
  work = realpathSync(mkdtempSync(join(tmpdir(), 'loadlab-same-')));
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

const first = (): Record<string, string> => digestsBelow(synthesized('benchmark'));
const again = async (root: string, variables: NodeJS.ProcessEnv = process.env): Promise<Record<string, string>> => {
  const out = join(work, 'synthesized');
  await synthesizeLab({ root, environment: 'benchmark', out, variables });
  return digestsBelow(out);
};

/** Secrets that a shell may hold while somebody synthesizes, and settings that differ from one to the next. */
const SHELL = {
  ...Object.fromEntries(
    [
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
      'OPENAI_API_KEY',
      'LITELLM_MASTER_KEY',
      'LITELLM_SALT_KEY',
      'DATABASE_PASSWORD',
      'DATABASE_URL',
      'PG_CONN_STR',
      'TF_HTTP_PASSWORD',
      'TF_VAR_password',
      'TF_TOKEN_app_terraform_io',
      'ARM_CLIENT_SECRET',
      'GOOGLE_CREDENTIALS',
      'LOADLAB_API_KEY',
      'LOADLAB_MASTER_KEY',
    ].map((name) => [name, `planted-${name}`]),
  ),
  AWS_REGION: 'eu-central-1',
  AWS_PROFILE: 'somebody',
  LANG: 'tr_TR.UTF-8',
  TZ: 'Pacific/Kiritimati',
  HOME: '/nonexistent',
  USER: 'somebody',
  FORCE_COLOR: '1',
};

it('all stacks come out, with the code of their functions', () => {
  const files = Object.keys(first());
  expect(files.filter((file) => file.endsWith('cdk.tf.json'))).toHaveLength(6);
  expect(files.filter((file) => file.endsWith('.zip')).length).toBeGreaterThanOrEqual(7);
});

it('a second time, and from a shell full of secrets, the files are the same byte for byte', async () => {
  expect(await again(workspaceRoot(), { ...process.env, ...SHELL })).toEqual(first());
});

it('from a fresh checkout at another path, the files are the same byte for byte', async () => {
  const copy = join(work, 'another place', 'checkout');
  copyWorkspace(workspaceRoot(), copy);
  expect(await again(copy)).toEqual(first());
});
