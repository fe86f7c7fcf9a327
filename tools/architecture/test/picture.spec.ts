import { describeStack, drawLanes, drawStacks, pictureOf } from '../src';

const network = describeStack(
  'network',
  JSON.stringify({
    resource: { aws_subnet: { 'private_subnet-0': {}, 'data_subnet-0': {} } },
    output: {
      privateSubnetIds: { value: ['${aws_subnet.private_subnet-0.id}'] },
      dataSubnetIds: { value: ['${aws_subnet.data_subnet-0.id}'] },
    },
  }),
);
const remote = (stack: string, output: string): string => `\${data.terraform_remote_state.${stack}.outputs.${output}}`;
const database = describeStack(
  'database',
  JSON.stringify({
    data: { terraform_remote_state: { network: {} } },
    resource: {
      aws_security_group: { group: {} },
      aws_db_subnet_group: { subnets: { subnet_ids: remote('network', 'dataSubnetIds') } },
      aws_db_instance: {
        main: {
          port: 5432,
          engine_version: '16',
          instance_class: 'db.x',
          db_subnet_group_name: '${aws_db_subnet_group.subnets.name}',
          vpc_security_group_ids: ['${aws_security_group.group.id}'],
        },
      },
    },
    output: {
      securityGroupId: { value: '${aws_security_group.group.id}' },
      port: { value: '${aws_db_instance.main.port}' },
    },
  }),
);
const proxy = describeStack(
  'proxy-service',
  JSON.stringify({
    data: { terraform_remote_state: { network: {}, database: {} } },
    resource: {
      aws_security_group: { task: {} },
      aws_ecs_task_definition: { task: { cpu: '4096', memory: '8192' } },
      aws_ecs_service: {
        litellm: {
          desired_count: 4,
          task_definition: '${aws_ecs_task_definition.task.arn}',
          network_configuration: {
            subnets: remote('network', 'privateSubnetIds'),
            security_groups: ['${aws_security_group.task.id}'],
          },
        },
      },
      aws_vpc_security_group_ingress_rule: {
        toDatabase: {
          from_port: remote('database', 'port'),
          security_group_id: remote('database', 'securityGroupId'),
          referenced_security_group_id: '${aws_security_group.task.id}',
        },
      },
      aws_s3_bucket: { logs: {} },
    },
  }),
);
const stacks = [network, database, proxy];

describe('the picture', () => {
  const { boxes, arrows } = pictureOf(stacks);

  it.each([
    ['database/aws_db_instance.main', 'data', 'through its subnet group'],
    ['proxy-service/aws_ecs_service.litellm', 'private', 'through another stack’s output'],
    ['proxy-service/aws_s3_bucket.logs', 'outside', 'in no subnet'],
  ])('puts %s into %s: %s', (key, lane) => {
    expect(boxes.find((box) => box.key === key)).toMatchObject({ lane });
  });

  it('says how large a service is', () => {
    expect(boxes.find(({ title }) => title === 'Fargate: litellm')?.detail).toBe('4 tasks, 4 vCPU, 8 GB');
  });

  it('draws an arrow for each rule between security groups, with its port', () => {
    expect(arrows).toEqual([
      {
        from: 'proxy-service/aws_ecs_service.litellm',
        to: 'database/aws_db_instance.main',
        label: '5432',
        kind: 'traffic',
      },
    ]);
  });
});

it('reads from a stack what it really uses of another', () => {
  expect([...proxy.reads]).toEqual([
    ['network', ['privateSubnetIds']],
    ['database', ['port', 'securityGroupId']],
  ]);
});

it.each([
  ['what runs where', () => drawLanes(pictureOf(stacks))],
  ['the stacks', () => drawStacks(stacks)],
])('%s is drawn the same each time, and asks for nothing from anywhere', (_, draw) => {
  expect(draw()).toBe(draw());
  expect(draw().replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<script|<image/);
});
