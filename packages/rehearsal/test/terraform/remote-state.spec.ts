import { rmSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { startPostgresServer, type PostgresServer } from '../../src/state-servers/postgres-server';
import { startS3Server, type S3Server } from '../../src/state-servers/s3-server';
import { postgresEnvironment, s3Environment } from '../../src/terraform/state-environment';
import { smallVpc } from './small-vpc';
import { TerraformFolder, type Configuration } from './terraform-folder';

jest.setTimeout(60_000);

const BUCKET = 'loadlab-state-123456789012';
const postgresFolder = join(tmpdir(), `loadlab-postgres-${process.pid}`);
let s3: S3Server;
let postgres: PostgresServer;
const people: TerraformFolder[] = [];
let mine: TerraformFolder;
let yours: TerraformFolder;

beforeAll(async () => {
  [s3, postgres] = await Promise.all([startS3Server(), startPostgresServer(postgresFolder)]);
  await s3.createBucket(BUCKET);
});
afterAll(async () => {
  await Promise.all([s3.stop(), postgres.stop()]);
  rmSync(postgresFolder, { recursive: true, force: true });
});
afterEach(async () => {
  for (const person of people.splice(0).reverse()) await person.stop();
});

/** Two people with the same stack, the same state and the same account. */
async function twoPeople(backend: Configuration): Promise<void> {
  const environment = { ...process.env, ...s3Environment(s3), ...postgresEnvironment(postgres) };
  mine = new TerraformFolder();
  yours = new TerraformFolder(mine);
  people.push(mine, yours);
  for (const person of people) {
    await person.start({ environment });
    person.write(smallVpc(), { backend });
    await person.init();
  }
}

/** Mine hangs in the middle of its apply; yours tries meanwhile. */
async function whileMineApplies(): Promise<{ mineEnds: () => Promise<void>; refusal: string }> {
  await mine.faults('aws_subnet.a:create:hang');
  const apply = await mine.begin('aws_subnet.a: Creating', 'apply', '-auto-approve');
  const { exitCode, stderr } = await yours.terraform('apply', '-auto-approve');
  expect(exitCode).toBe(1);
  const mineEnds = async (): Promise<void> => {
    apply.kill();
    await apply.result;
    // Its connections are gone with it; nothing of its apply goes on.
    await mine.faults();
  };
  return { mineEnds, refusal: stderr };
}

const s3Backend = (key: string): Configuration => ({
  s3: { bucket: BUCKET, key, region: 'us-east-1', use_lockfile: true, encrypt: true },
});

describe('a state in S3', () => {
  it('lets one person apply, tells the other who does, and is freed as documented when that one was killed', async () => {
    await twoPeople(s3Backend('lab/locks.tfstate'));
    const { mineEnds, refusal } = await whileMineApplies();
    expect(refusal).toContain('Error acquiring the state lock');
    expect(refusal).toMatch(new RegExp(`Who: +${userInfo().username}@`));
    expect(refusal).toMatch(/Operation: +OperationTypeApply/);
    const [, since = ''] = /Created: +(\S+ [\d:]+)/.exec(refusal) ?? [];
    expect(Math.abs(Date.now() - new Date(`${since.replace(' ', 'T')}Z`).getTime())).toBeLessThan(60_000);
    const [, id = ''] = /ID: +(\S+)/.exec(refusal) ?? [];
    await mineEnds();
    // S3 knows nothing of processes: the lock stays until somebody breaks it.
    expect((await yours.terraform('plan')).stderr).toContain('Error acquiring the state lock');
    expect((await yours.terraform('force-unlock', '-force', 'f00')).exitCode).toBe(1);
    await yours.must('force-unlock', '-force', id);
    await yours.must('apply', '-auto-approve');
    expect(await yours.plan()).toEqual({});
  });

  it('is read by others under its own key', async () => {
    await twoPeople(s3Backend('lab/network.tfstate'));
    await mine.apply();
    const reader = {
      terraform_remote_state: {
        network: { backend: 's3', config: { bucket: BUCKET, key: 'lab/network.tfstate', region: 'us-east-1' } },
      },
    };
    yours.write(
      { data: reader, output: { first: { value: '${data.terraform_remote_state.network.outputs.subnets[0]}' } } },
      { backend: s3Backend('lab/other.tfstate') },
    );
    await yours.must('init', '-reconfigure');
    await yours.apply();
    expect(await yours.must('output', '-raw', 'first')).toMatch(/^subnet-0/);
  });
});

describe('a state in PostgreSQL', () => {
  it('lets one person apply, refuses the other, and is free again as soon as that one is gone', async () => {
    await twoPeople({ pg: { schema_name: 'loadlab_benchmark_network' } });
    const before = new Date();
    const { mineEnds, refusal } = await whileMineApplies();
    expect(refusal).toContain('Error acquiring the state lock');
    // Terraform's own words name whoever was refused; the database knows who holds it.
    const [holder, ...others] = postgres.lockHolders();
    expect([holder?.who, others]).toEqual([`${userInfo().username}@${hostname()}`, []]);
    expect(new Date(holder?.since ?? '').getTime()).toBeGreaterThanOrEqual(before.getTime());
    await mineEnds();
    expect(postgres.lockHolders()).toEqual([]);
    await yours.must('plan');
  });
});

describe.each([
  ['S3', (folder: string) => startS3Server({ recordingFile: join(folder, 'log'), sharedIn: join(folder, 'server') })],
  ['PostgreSQL', (folder: string) => startPostgresServer(join(folder, 'data'), join(folder, 'server'))],
] as const)('%s that two processes use at once', (_name, start) => {
  const addressOf = (server: S3Server | PostgresServer): string =>
    'endpoint' in server ? server.endpoint : server.connection;

  it('is one server, which ends with the last of them, and then another one', async () => {
    const folder = join(tmpdir(), `loadlab-shared-${process.pid}-${_name}`);
    const [first, second] = await Promise.all([start(folder), start(folder)]);
    expect(addressOf(second)).toBe(addressOf(first));
    await first.stop();
    const third = await start(folder);
    expect(addressOf(third)).toBe(addressOf(first));
    await Promise.all([second.stop(), third.stop()]);
    const later = await start(folder);
    expect(addressOf(later)).not.toBe(addressOf(first));
    await later.stop();
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('S3 on this machine', () => {
  it('keeps its states over a crash', async () => {
    const recordingFile = join(tmpdir(), `loadlab-recording-${process.pid}`);
    // moto checks no signature, but reads from it which service is meant.
    const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/s3/aws4_request' };
    const first = await startS3Server({ recordingFile });
    await first.createBucket(BUCKET);
    await fetch(`${first.endpoint}/${BUCKET}/key`, { method: 'PUT', body: 'kept', headers });
    process.kill(first.pid, 'SIGKILL');
    const second = await startS3Server({ recordingFile });
    const kept = await fetch(`${second.endpoint}/${BUCKET}/key`, { headers });
    const text = await kept.text();
    await second.stop();
    rmSync(recordingFile);
    expect(text).toBe('kept');
  });
});
