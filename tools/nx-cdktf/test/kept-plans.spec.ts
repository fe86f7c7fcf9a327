import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { InputError } from '@loadlab/foundation';
import { testEnvironment } from '@loadlab/foundation/testing';
import { ownBucket, type OwnBucket } from '@loadlab/rehearsal/testing';
import { MANIFEST, PLAN, STACK } from '../src/plan-files';
import { readManifestIn } from '../src/read-manifest';
import { s3PlanStore } from '../src/s3-plan-store';
import { terraform, type Terraform } from '../src/terraform';
import { runVerb, type Surroundings, type Verb } from '../src/verbs';

/** Plans between two jobs, over S3 as the rehearsal has it: moto, reached as Terraform reaches it. */
jest.setTimeout(120_000);

const BUCKET = 'lab-states-123456789012';
const environment = testEnvironment({ backend: { s3: { bucket: BUCKET, region: 'us-east-1' } } });
let bucket: OwnBucket;
let root: string;

beforeAll(async () => {
  bucket = await ownBucket(BUCKET);
});
afterAll(() => bucket.giveBack());
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'loadlab-kept-'));
  mkdirSync(path.join(root, 'state'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const quiet: Terraform = (folder, args) => terraform(folder, args, { capture: true });
const client = (): S3Client => new S3Client({ region: 'us-east-1', endpoint: bucket.endpoint, forcePathStyle: true });

/** A job of its own: the same synthesized stack in another folder, with the same state. */
function job(name: string, input = 'a'): string {
  const folder = path.join(root, name, 'packages', 'network', 'cdktf.out', 'stacks', 'network-test');
  mkdirSync(folder, { recursive: true });
  const stack = {
    terraform: { backend: { local: { path: path.join(root, 'state', 'network') } } },
    resource: { terraform_data: { main: { input } } },
  };
  writeFileSync(path.join(folder, STACK), JSON.stringify(stack));
  return folder;
}

function run(verb: Verb, folder: string, change: Partial<Surroundings> = {}): Promise<number> {
  return runVerb(verb, { id: 'network-test', folder }, [], {
    root,
    environment: 'test',
    gitCommit: null,
    approvedPlans: undefined,
    now: new Date(),
    useColor: false,
    terraform: quiet,
    account: () => Promise.resolve(null),
    store: () => s3PlanStore(environment),
    ...change,
  });
}

async function planned(folder: string): Promise<string> {
  await run('plan', folder, { planKeeping: 'keep' });
  return readManifestIn(folder)?.sha256 ?? 'none';
}

const applied = (): boolean => existsSync(path.join(root, 'state', 'network'));
const keyOf = (plan: string, file: string): string => `loadlab/test/plans/network-test/${plan}/${file}`;

it('a plan is kept encrypted, and marked as what the bucket may forget', async () => {
  const plan = await planned(job('planning'));
  const { Contents = [] } = await client().send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: keyOf(plan, '') }));
  expect(Contents.map(({ Key = '' }) => Key.split('/').at(-1)).sort()).toEqual([
    'plan-manifest.json',
    'plan.bin',
    'plan.json',
  ]);
  const object = { Bucket: BUCKET, Key: keyOf(plan, PLAN) };
  expect((await client().send(new HeadObjectCommand(object))).ServerSideEncryption).toBe('AES256');
  expect((await client().send(new GetObjectTaggingCommand(object))).TagSet).toEqual([
    { Key: 'loadlab', Value: 'plan' },
  ]);
});

it('another job applies it once it is approved, and only then', async () => {
  const plan = await planned(job('planning'));
  const applying = job('applying');
  await expect(run('apply', applying)).rejects.toThrow('there is no plan to apply');
  expect(applied()).toBe(false);
  expect(await run('apply', applying, { approvedPlans: ['0'.repeat(64), plan] })).toBe(0);
  expect(applied()).toBe(true);
});

it.each<[string, string, (plan: string) => string, RegExp]>([
  ['the manifest', MANIFEST, () => '{"schema":"loadlab.plan/v1"}', /manifest is not the one that was approved/],
  ['the plan itself', PLAN, () => 'PK', /plan\.bin is not the plan that was reviewed/],
  ['what people read', 'plan.json', () => '{}', /plan\.json is not what was reviewed/],
])('is refused after somebody with access to the bucket changed %s', async (_, file, content, reason) => {
  const plan = await planned(job('planning'));
  await client().send(new PutObjectCommand({ Bucket: BUCKET, Key: keyOf(plan, file), Body: content(plan) }));
  const apply = run('apply', job('applying'), { approvedPlans: [plan] });
  await expect(apply).rejects.toThrow(reason);
  await expect(apply).rejects.toBeInstanceOf(InputError);
  expect(applied()).toBe(false);
});

describe('after a merge', () => {
  it('the plan that was reviewed before it is taken again, as long as it stands', async () => {
    const reviewed = await planned(job('planning'));
    const merged = job('merged');
    await run('plan', merged, { planKeeping: 'reuse', gitCommit: 'another' });
    expect(readManifestIn(merged)?.sha256).toBe(reviewed);
    expect(await run('apply', merged, { approvedPlans: [reviewed] })).toBe(0);
  });

  it.each<[string, () => Promise<unknown> | string]>([
    ['the stack', () => job('merged', 'b')],
    [
      'its state',
      () =>
        terraform(job('elsewhere', 'c'), ['init'], { capture: true }).then(() =>
          terraform(job('elsewhere', 'c'), ['apply', '-auto-approve'], { capture: true }),
        ),
    ],
  ])('it is made anew when %s has become another', async (_, change) => {
    const reviewed = await planned(job('planning'));
    const merged = job('merged');
    await change();
    await run('plan', merged, { planKeeping: 'reuse' });
    expect(readManifestIn(merged)?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(readManifestIn(merged)?.sha256).not.toBe(reviewed);
  });

  it('an expired one is made anew', async () => {
    const reviewed = await planned(job('planning'));
    const merged = job('merged');
    await run('plan', merged, { planKeeping: 'reuse', now: new Date(Date.now() + 25 * 3600_000) });
    expect(readManifestIn(merged)?.sha256).not.toBe(reviewed);
  });
});

it('says where plans cannot be kept', async () => {
  const inPostgres = s3PlanStore(testEnvironment({ backend: { pg: {} } }));
  await expect(inPostgres).rejects.toThrow(/in S3 only; these states lie in pg/);
});

it('says when the bucket cannot be reached', async () => {
  const elsewhere = testEnvironment({ backend: { s3: { bucket: 'nowhere-123456789012', region: 'us-east-1' } } });
  await expect((await s3PlanStore(elsewhere)).list('network-test')).rejects.toThrow(/cannot be reached: NoSuchBucket/);
});
