import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@loadlab/foundation';
import { testEnvironment } from '@loadlab/foundation/testing';
import { bootstrapState } from '../src';
import { installedTerraform, type Terraform, type TerraformResult } from '../src/bootstrap/terraform';
import { ObjectStore } from './object-store';

const BUCKET = 'lab-states-123456789012';
const STATE = `${BUCKET}/loadlab/test/state-backend.tfstate`;

// Several runs of Terraform each, on a machine that may be busy.
jest.setTimeout(180_000);

let store: ObjectStore;
let folder: string;
let endpoint: string;
const variables = { ...process.env };
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bootstrap-'));
  store = new ObjectStore();
  endpoint = await store.start();
  process.env.AWS_ACCESS_KEY_ID = 'anybody';
  process.env.AWS_SECRET_ACCESS_KEY = 'anything';
  delete process.env.TF_CLI_CONFIG_FILE;
});
afterEach(async () => {
  process.env = { ...variables };
  await store.stop();
  rmSync(folder, { recursive: true });
});

/**
 * The installed Terraform, on a stack whose bucket is made by a shell line instead of the AWS provider, which would have
 * to be downloaded. All else is as it is: backends, initialization, the moving of the state.
 */
function terraform(dieBefore?: string): Terraform {
  return async (stack, args): Promise<TerraformResult> => {
    if (dieBefore !== undefined && args.join(' ').includes(dieBefore)) throw new Error('killed');
    const file = join(stack, 'cdk.tf.json');
    const { terraform: settings } = JSON.parse(readFileSync(file, 'utf8')) as { terraform: { backend: unknown } };
    const command = `"${process.execPath}" -e "fetch('${endpoint}/${BUCKET}', { method: 'PUT' })"`;
    const bucket = { provisioner: [{ 'local-exec': { command } }] };
    writeFileSync(
      file,
      JSON.stringify({ terraform: { backend: settings.backend }, resource: { terraform_data: { bucket } } }),
    );
    return installedTerraform(stack, args);
  };
}

async function bootstrap(dieBefore?: string): Promise<{ outcome?: string; steps: string[] }> {
  const steps: string[] = [];
  const s3 = { bucket: BUCKET, region: 'us-east-1', endpoint, usePathStyle: true };
  const environment = testEnvironment({ backend: { s3 } });
  const options = { folder, terraform: terraform(dieBefore), onStep: (step: string) => steps.push(step) };
  try {
    return { outcome: await bootstrapState(environment, options), steps };
  } catch (error) {
    if (dieBefore !== undefined && !(error instanceof InputError)) return { steps };
    throw error;
  }
}

const localFiles = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /tfstate|override/.test(name) && !name.includes('.terraform/'),
  );

describe('the bucket for states', () => {
  it('is made, and its own state moved into it', async () => {
    expect(await bootstrap()).toEqual({
      outcome: 'created',
      steps: [`looking for the bucket ${BUCKET}`, `making the bucket ${BUCKET}`, 'moving its state into it'],
    });
    expect(JSON.parse(store.objects.get(STATE)?.toString() ?? '{}')).toMatchObject({ resources: [{ name: 'bucket' }] });
    expect([...store.objects.keys()]).toEqual([STATE]);
    expect(localFiles()).toEqual([]);
  });

  it('is left alone the second time, also on another machine', async () => {
    await bootstrap();
    const before = store.objects.get(STATE)?.toString();
    expect(await bootstrap()).toMatchObject({ outcome: 'there' });
    rmSync(folder, { recursive: true });
    expect(await bootstrap()).toMatchObject({ outcome: 'there' });
    expect(store.objects.get(STATE)?.toString()).toBe(before);
  });

  it('is left alone when somebody else looks after it', async () => {
    store.makeBucket(BUCKET);
    expect(await bootstrap()).toMatchObject({ outcome: 'foreign' });
    expect([...store.objects.keys()]).toEqual([]);
  });

  it('is finished after a death before the state moved', async () => {
    expect(await bootstrap('-migrate-state')).not.toHaveProperty('outcome');
    expect(localFiles()).toEqual(['stacks/state-backend-test/bootstrap.tfstate']);
    expect(await bootstrap()).toEqual({
      outcome: 'finished',
      steps: [`looking for the bucket ${BUCKET}`, 'going on where an earlier run stopped', 'moving its state into it'],
    });
    expect(store.objects.has(STATE)).toBe(true);
    expect(localFiles()).toEqual([]);
  });

  it('is made after a death before anything was', async () => {
    await bootstrap('apply');
    expect(await bootstrap()).toMatchObject({ outcome: 'created' });
  });
});

describe('a bootstrap that cannot be', () => {
  const failing =
    (result: Partial<TerraformResult>): Terraform =>
    () =>
      Promise.resolve({ code: 1, stdout: '', stderr: '', ...result });
  const reasonOf = async (terraformOf: Terraform): Promise<string> => {
    const environment = testEnvironment({ backend: { s3: { bucket: BUCKET, region: 'us-east-1' } } });
    const error: unknown = await bootstrapState(environment, { folder, terraform: terraformOf }).catch(
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof InputError)) throw new Error('not refused', { cause: error });
    const [{ file, message, hint = '' } = { file: '', message: '' }] = error.problems;
    return `${file}: ${message} -> ${hint}`;
  };

  it.each([
    ['no credentials', 'Error: No valid credential sources found', 'there are no AWS credentials', 'log in first'],
    [
      'expired ones',
      'ExpiredToken: The security token included in the request is expired',
      'have expired',
      'log in again',
    ],
    [
      'another account',
      'Error: AWS account ID not allowed: 111111111111',
      'of another account than accountId',
      'log in to that account',
    ],
    [
      'a name that is taken',
      'api error BucketAlreadyExists',
      'somebody else in the world',
      'another backend.s3.bucket',
    ],
    ['another region', 'api error PermanentRedirect', 'in another region', 'correct backend.s3.region'],
    ['no rights', 'https response error StatusCode: 403, Forbidden', 'may not do this', 's3:CreateBucket'],
    ['a held lock', 'Error: Error acquiring the state lock\n\nLock Info:\n  ID: 7', 'holds the lock', 'force-unlock'],
    [
      'no registry',
      'Error: Failed to query available provider packages',
      'could not be downloaded',
      'registry.terraform.io',
    ],
    ['an old Terraform', 'Error: Unsupported Terraform Core version', 'too old', '1.11'],
    ['no network', 'dial tcp: lookup s3.amazonaws.com: no such host', 'could not be reached', 'check the network'],
    [
      'something new',
      'Error: the moon is in the wrong house',
      'the moon is in the wrong house',
      'it goes on where it stopped',
    ],
  ])('says what to do about %s', async (_what, stderr, message, hint) => {
    const reason = await reasonOf(failing({ stderr }));
    expect(reason).toContain('terraform init: ');
    expect(reason).toContain(message);
    expect(reason.split(' -> ')[1]).toContain(hint);
  });

  it('says how to install Terraform', async () => {
    process.env.TERRAFORM_BINARY_NAME = 'no-such-terraform';
    expect(await reasonOf(installedTerraform)).toMatch(
      /Terraform did not start: .*ENOENT.* -> install Terraform 1\.11/,
    );
  });

  it('is refused where the states are not in S3', async () => {
    const environment = testEnvironment({ backend: { gcs: { bucket: 'states' } } });
    await expect(bootstrapState(environment, { folder, terraform: failing({}) })).rejects.toThrow(
      /keeps its states in gcs/,
    );
    expect(existsSync(join(folder, 'stacks'))).toBe(false);
  });
});
