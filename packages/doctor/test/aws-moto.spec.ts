import { CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateBucketCommand, ListObjectsV2Command, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { testEnvironment } from '@loadlab/foundation/testing';
import { diagnose, type Finding } from '../src';
import { awsChecks, thisAccount } from '../src/aws';
import { MotoServer } from './moto-server';

/** The checks over AWS's SDK, against a server that answers as AWS does. */
jest.setTimeout(60_000);

const BUCKET = 'loadlab-state-123456789012';
const access = { region: 'us-east-1' };
const moto = new MotoServer();
const variables = { ...process.env };

// Its Python environment is made by `npm run setup`; without it the other tests still speak for fake accounts.
const withMoto = MotoServer.isInstalled ? describe : describe.skip;

withMoto('an account, as moto plays it', () => {
  beforeAll(async () => {
    await moto.start();
    process.env.AWS_ENDPOINT_URL = moto.url;
    process.env.AWS_ACCESS_KEY_ID = 'testing';
    process.env.AWS_SECRET_ACCESS_KEY = 'testing';
  });
  afterAll(async () => {
    process.env = { ...variables };
    await moto.stop();
  });
  beforeEach(() => moto.reset());

  const findings = async (sections: Parameters<typeof testEnvironment>[0] = {}): Promise<Record<string, Finding>> => {
    const environment = testEnvironment({ accountId: '123456789012', ...sections });
    const around = { ...thisAccount(environment), fetch: () => Promise.resolve(new Response(null, { status: 200 })) };
    const diagnoses = await diagnose(awsChecks(environment, around));
    return Object.fromEntries(diagnoses.map(({ name, finding }) => [name, finding]));
  };
  const makeBucket = async (): Promise<S3Client> => {
    const s3 = new S3Client(access);
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    await s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration: { Status: 'Enabled' } }));
    return s3;
  };

  it('is who it says, where it says', async () => {
    expect(await findings()).toMatchObject({
      credentials: { state: 'ok', seen: 'arn:aws:sts::123456789012:user/moto' },
      account: { state: 'ok', seen: '123456789012' },
      region: { state: 'ok', seen: 'us-east-1' },
    });
  });

  it('is not the one that the environment is meant for', async () => {
    expect((await findings({ accountId: '999999999999' })).account).toMatchObject({ state: 'missing' });
  });

  it('is deployed to with an assumed role', async () => {
    const { credentials } = await findings({ assumeRoleArn: 'arn:aws:iam::123456789012:role/deployer' });
    expect(credentials?.seen).toContain('assumed-role/deployer/loadlab');
  });

  it('has no bucket yet', async () => {
    const { 'state bucket': bucket, 'state lock': lock } = await findings();
    expect(bucket).toEqual({
      state: 'missing',
      seen: `there is no bucket ${BUCKET}`,
      remedy: 'npx loadlab state bootstrap --environment test',
    });
    expect(lock).toMatchObject({ state: 'warning', seen: 'not looked at: there is no bucket' });
  });

  it('has a bucket that locks, and nothing is left in it', async () => {
    const s3 = await makeBucket();
    expect(await findings()).toMatchObject({
      'state bucket': { state: 'ok', seen: `${BUCKET}, versioned` },
      'state lock': { state: 'ok', seen: 'taken, held and given back' },
    });
    expect((await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }))).KeyCount).toBe(0);
  });

  it('has room for one more VPC, and counts its own as made', async () => {
    const ec2 = new EC2Client(access);
    for (let made = 1; made < 5; made++) await ec2.send(new CreateVpcCommand({ CidrBlock: `10.${made}.0.0/16` }));
    expect((await findings()).VPCs).toMatchObject({ state: 'missing', seen: '5 of 5 in use; 1 more is needed' });
    const Tags = [
      { Key: 'project', Value: 'loadlab' },
      { Key: 'environment', Value: 'test' },
    ];
    await ec2.send(
      new CreateVpcCommand({ CidrBlock: '10.9.0.0/16', TagSpecifications: [{ ResourceType: 'vpc', Tags }] }),
    );
    expect((await findings()).VPCs).toEqual({
      state: 'ok',
      seen: '6 of 5 in use, 1 by this environment; 0 more are needed',
    });
  });
});
