import { DirectProvider } from './direct-provider';
import { idOf, smallNetwork } from './small-network';

let aws: DirectProvider;
afterEach(() => aws.stop());

describe('tags', () => {
  it('are the default ones and the own ones, own ones first', async () => {
    aws = await DirectProvider.start({ default_tags: [{ tags: { owner: 'lab', stage: 'dev' } }] });
    const { planned, state } = await aws.apply('aws_vpc', { cidr_block: '10.0.0.0/16', tags: { stage: 'prod' } });
    expect(planned).toMatchObject({ tags: { stage: 'prod' }, tags_all: { owner: 'lab', stage: 'prod' } });
    expect(await aws.read('aws_vpc', state ?? {})).toEqual(state);
  });

  it('that somebody adds by hand show up as the own ones', async () => {
    aws = await DirectProvider.start({ default_tags: [{ tags: { owner: 'lab' } }] });
    const state = await aws.make('aws_vpc', { cidr_block: '10.0.0.0/16' });
    await aws.account.change((account) => {
      const vpc = account.find('aws_vpc', idOf(state));
      if (vpc !== undefined)
        account.put({ ...vpc, attributes: { ...vpc.attributes, tags: { owner: 'lab', touched: 'yes' } } });
    });
    expect(await aws.read('aws_vpc', state)).toMatchObject({
      tags: { touched: 'yes' },
      tags_all: { owner: 'lab', touched: 'yes' },
    });
  });
});

describe('a configuration', () => {
  it.each([
    [{ region: null }, 'invalid AWS Region'],
    [{ region: 'Virginia' }, 'invalid AWS Region: Virginia'],
    [{ region: 'us-east-1', allowed_account_ids: ['999999999999'] }, 'AWS account ID not allowed: 123456789012'],
    [{ region: 'us-east-1', forbidden_account_ids: ['123456789012'] }, 'AWS account ID not allowed: 123456789012'],
  ])('%j is refused', async (config, message) => {
    aws = await DirectProvider.start();
    await expect(DirectProvider.start(config)).rejects.toThrow(message);
  });
});

describe('reading back', () => {
  it('is the state that was made, for what nobody touched', async () => {
    aws = await DirectProvider.start();
    const { vpc } = await smallNetwork(aws);
    expect(await aws.read('aws_vpc', vpc)).toEqual(vpc);
  });

  it('is nothing for what is gone', async () => {
    aws = await DirectProvider.start();
    const address = await aws.make('aws_eip', {});
    await aws.account.change((account) => account.remove({ type: 'aws_eip', id: idOf(address), region: 'us-east-1' }));
    expect(await aws.read('aws_eip', address)).toBeNull();
  });

  it('keeps JSON as it was written, as long as it means the same', async () => {
    aws = await DirectProvider.start();
    const written = '{ "Statement": [{"Effect":"Allow","Action":"s3:*","Resource":"*"}], "Version":"2012-10-17" }';
    const policy = await aws.make('aws_iam_policy', { name: 'p', policy: written });
    await aws.account.change((account) => {
      const found = account.find('aws_iam_policy', idOf(policy));
      if (found !== undefined)
        account.put({
          ...found,
          attributes: { ...found.attributes, policy: JSON.stringify(JSON.parse(written), null, 2) },
        });
    });
    expect((await aws.read('aws_iam_policy', policy))?.policy).toBe(written);
  });
});

describe('data sources', () => {
  it('find one thing by its attributes, tags and filters', async () => {
    aws = await DirectProvider.start();
    const { vpcId, subnetIds, groupId } = await smallNetwork(aws);
    const zone = { vpc_id: vpcId, availability_zone: 'us-east-1b' };
    expect((await aws.data('aws_subnet', zone)).state?.id).toBe(subnetIds[1]);
    const filtered = { filter: [{ name: 'vpc-id', values: [vpcId] }] };
    expect((await aws.data('aws_subnets', filtered)).state?.ids).toEqual(expect.arrayContaining(subnetIds));
    expect((await aws.data('aws_security_group', { vpc_id: vpcId, name: 'members' })).state?.id).toBe(groupId);
    expect((await aws.data('aws_subnet', { vpc_id: vpcId })).errors.join()).toContain('multiple EC2 Subnets matched');
    expect((await aws.data('aws_vpc', { cidr_block: '10.9.0.0/16' })).errors.join()).toContain(
      'no matching EC2 VPC found',
    );
  });

  it('render policies as the real provider does', async () => {
    aws = await DirectProvider.start();
    const statement = {
      sid: 'Read',
      actions: ['s3:ListBucket', 's3:GetObject'],
      resources: ['arn:aws:s3:::lab'],
      principals: [{ type: 'Service', identifiers: ['batch.amazonaws.com'] }],
      condition: [{ test: 'StringEquals', variable: 'aws:SourceAccount', values: ['123456789012'] }],
    };
    const { state } = await aws.data('aws_iam_policy_document', { statement: [statement] });
    expect(state?.json).toMatchInlineSnapshot(`
      "{
        "Version": "2012-10-17",
        "Statement": [
          {
            "Sid": "Read",
            "Effect": "Allow",
            "Action": [
              "s3:ListBucket",
              "s3:GetObject"
            ],
            "Resource": "arn:aws:s3:::lab",
            "Principal": {
              "Service": "batch.amazonaws.com"
            },
            "Condition": {
              "StringEquals": {
                "aws:SourceAccount": "123456789012"
              }
            }
          }
        ]
      }"
    `);
  });

  it('know the account, its region and its zones', async () => {
    aws = await DirectProvider.start();
    expect((await aws.data('aws_caller_identity')).state).toMatchObject({ account_id: '123456789012' });
    expect((await aws.data('aws_region')).state).toMatchObject({ region: 'us-east-1' });
    const zones = (await aws.data('aws_availability_zones', { exclude_names: ['us-east-1c'] })).state;
    expect(zones).toMatchObject({ names: ['us-east-1a', 'us-east-1b', 'us-east-1d', 'us-east-1e', 'us-east-1f'] });
    expect(zones).toMatchObject({ zone_ids: ['use1-az1', 'use1-az2', 'use1-az4', 'use1-az5', 'use1-az6'] });
  });
});
