import { testEnvironment } from '@loadlab/foundation/testing';
import { stateObjects } from '@loadlab/nx-cdktf/plans';
import { ownBucket, type OwnBucket } from '@loadlab/rehearsal/testing';
import { describeOrphans } from '../src/environment-run';
import { lastApplied } from '../src/last-applied';
import { missingStacks } from '../src/missing-stacks';
import { findOrphans } from '../src/orphans';

/** What the pipeline reads and writes beside the states, over S3 as the rehearsal has it. */
jest.setTimeout(60_000);

const BUCKET = 'lab-states-123456789012';
const environment = testEnvironment({ backend: { s3: { bucket: BUCKET, region: 'us-east-1' } } });
const inPostgres = testEnvironment({ backend: { pg: {} } });
let bucket: OwnBucket;

beforeAll(async () => {
  bucket = await ownBucket(BUCKET);
});
afterAll(() => bucket.giveBack());

it('remembers what was applied whole, and forgets the former', async () => {
  const record = lastApplied(environment);
  expect(await record.read()).toBeUndefined();
  expect(await record.write('a'.repeat(40), new Date())).toBe(true);
  expect(await record.write('b'.repeat(40), new Date())).toBe(true);
  expect(await record.read()).toBe('b'.repeat(40));
});

it('remembers nothing where the states are not in S3: everything counts as changed', async () => {
  expect(await lastApplied(inPostgres).write('a'.repeat(40), new Date())).toBe(false);
  expect(await lastApplied(inPostgres).read()).toBeUndefined();
  expect(await findOrphans(inPostgres, { environments: [], environment: 'test', stacks: [] })).toEqual([]);
});

it('finds live states that nobody plans any more, and leaves empty ones out', async () => {
  const objects = await stateObjects(environment);
  const live = { resources: [{ mode: 'managed', instances: [{}, {}] }] };
  for (const [key, state] of [
    ['loadlab/test/network.tfstate', live],
    ['loadlab/test/cache.tfstate', live],
    ['loadlab/test/emptied.tfstate', { resources: [] }],
    ['loadlab/former/network.tfstate', live],
  ] as const)
    await objects.put(key, Buffer.from(JSON.stringify(state)), { once: false, isPlan: false });
  const orphans = await findOrphans(environment, { environments: ['test'], environment: 'test', stacks: ['network'] });
  expect(orphans).toMatchObject([
    { key: 'loadlab/former/network.tfstate', gone: 'environment', resources: 2 },
    { key: 'loadlab/test/cache.tfstate', gone: 'stack', resources: 2 },
  ]);
  expect(describeOrphans(orphans)).toMatch(
    /`loadlab\/test\/cache\.tfstate` \| the stack is not in the workspace.* \| 2 \|/,
  );
});

it('finds stacks that should exist and do not: taken down, or never made', async () => {
  const objects = await stateObjects(environment);
  const states = {
    database: { resources: [{ mode: 'managed', instances: [{}] }] },
    loadtest: { resources: [{ mode: 'data', instances: [{}] }] },
  };
  for (const [name, state] of Object.entries(states))
    await objects.put(`loadlab/test/${name}.tfstate`, Buffer.from(JSON.stringify(state)), {
      once: false,
      isPlan: false,
    });
  const stacks = ['database', 'loadtest', 'proxy-service'].map((name) => ({ project: `${name}-project`, name }));
  expect(await missingStacks(environment, stacks)).toEqual(['loadtest-project', 'proxy-service-project']);
  expect(await missingStacks(inPostgres, stacks)).toEqual([]);
});
