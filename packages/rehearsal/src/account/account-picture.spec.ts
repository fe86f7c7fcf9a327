import type { KnownValues } from '../protocol/value';
import { drawAccount } from './account-picture';
import { AccountView } from './account-view';

function account(...things: (readonly [type: string, id: string, attributes: KnownValues])[]): AccountView {
  return new AccountView(
    '123456789012',
    things.map(([type, id, attributes]) => ({ type, id, region: 'us-east-1', attributes })),
  );
}

describe('the picture of an account', () => {
  it('is empty for an empty account', () => {
    expect(drawAccount(account())).toBe('');
  });

  it('shows each network by zones and subnets, and what runs where', () => {
    const subnet = (zone: string, name: string, cidr: string): KnownValues => ({
      vpc_id: 'vpc-1',
      availability_zone: zone,
      cidr_block: cidr,
      tags: { Name: name },
    });
    const picture = drawAccount(
      account(
        ['aws_vpc', 'vpc-1', { cidr_block: '10.40.0.0/16' }],
        ['aws_internet_gateway', 'igw-1', { vpc_id: 'vpc-1' }],
        ['aws_subnet', 'subnet-1', subnet('us-east-1a', 'public-a', '10.40.0.0/24')],
        ['aws_subnet', 'subnet-2', subnet('us-east-1a', 'private-a', '10.40.1.0/24')],
        ['aws_subnet', 'subnet-3', subnet('us-east-1b', 'private-b', '10.40.2.0/24')],
        ['aws_nat_gateway', 'nat-1', { subnet_id: 'subnet-1' }],
        [
          'aws_ecs_service',
          'arn:service',
          {
            name: 'litellm',
            desired_count: 4,
            task_definition: 'arn:aws:ecs:us-east-1:123456789012:task-definition/litellm:2',
            network_configuration: [{ subnets: ['subnet-2', 'subnet-3'] }],
          },
        ],
        ['aws_db_subnet_group', 'data', { subnet_ids: ['subnet-2', 'subnet-3'] }],
        [
          'aws_db_instance',
          'db-1',
          {
            identifier: 'lab',
            engine: 'postgres',
            instance_class: 'db.m7g.large',
            db_subnet_group_name: 'data',
            availability_zone: 'us-east-1b',
          },
        ],
        ['aws_lambda_function', 'deployer', { function_name: 'deployer' }],
        ['aws_s3_bucket', 'results', { bucket: 'results' }],
      ),
    );
    expect(picture).toBe(
      [
        'vpc-1  10.40.0.0/16  with a way to the internet',
        '├─ us-east-1a',
        '│  ├─ private-a  10.40.1.0/24',
        '│  │  └─ service litellm  4 tasks in all, revision 2',
        '│  └─ public-a  10.40.0.0/24',
        '│     └─ NAT gateway nat-1',
        '└─ us-east-1b',
        '   └─ private-b  10.40.2.0/24',
        '      ├─ service litellm  4 tasks in all, revision 2',
        '      └─ database lab  postgres, db.m7g.large',
        '',
        'outside of networks',
        '└─ function deployer',
        '',
        'buckets',
        '└─ results',
        '',
      ].join('\n'),
    );
  });
});
