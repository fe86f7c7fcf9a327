import { startS3Server, type S3Server } from '../../src/state-servers/s3-server';
import { s3Environment } from '../../src/terraform/state-environment';
import { smallVpc } from './small-vpc';
import { TerraformFolder } from './terraform-folder';

jest.setTimeout(60_000);

const BUCKET = 'loadlab-state-123456789012';
const lab = new TerraformFolder();
let s3: S3Server;

beforeAll(async () => {
  s3 = await startS3Server();
  await s3.createBucket(BUCKET);
});
afterAll(async () => {
  await lab.stop();
  await s3.stop();
});

it('a command that is ended while Terraform applies below it keeps what was made, and its lock is free again', async () => {
  const aws = await lab.start({ environment: { ...process.env, ...s3Environment(s3) } });
  const key = 'lab/good-order.tfstate';
  lab.write(smallVpc(), { backend: { s3: { bucket: BUCKET, key, region: 'us-east-1', use_lockfile: true } } });
  await lab.init();
  await lab.faults('aws_subnet.a:create:hang');

  const interruption = new AbortController();
  // As cdktf does it: the command that is started is not Terraform itself.
  const command = aws.capture('sh', ['-c', 'terraform apply -auto-approve -no-color; exit $?'], lab.folder, {
    signal: interruption.signal,
    onOutput: (text) => {
      if (text.includes('aws_subnet.a: Creating')) setTimeout(() => interruption.abort(), 500);
    },
  });
  const { stdout } = await command;
  expect(stdout).toContain('Interrupt received');
  expect(lab.account.read().ofType('aws_vpc')).toHaveLength(1);

  await lab.faults();
  // It would be refused while the lock is there.
  await lab.apply();
  expect(lab.account.read().ofType('aws_vpc')).toHaveLength(1);
  expect(await lab.plan()).toEqual({});
});
