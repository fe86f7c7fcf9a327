import { planSchema } from '../plan/plan-json';
import { estimateCost } from './estimate-cost';

const change = (type: string, before: object | null, after: object | null) => ({
  address: `${type}.main`,
  mode: 'managed',
  type,
  name: 'main',
  change: { actions: ['update'], before, after },
});

/** The benchmark's shape: four tasks of 4 vCPU and 8 GB behind a load balancer, one NAT gateway, a database. */
const benchmark = planSchema.parse({
  format_version: '1.2',
  resource_changes: [
    change('aws_ecs_service', { desired_count: 4 }, { desired_count: 8 }),
    change('aws_ecs_task_definition', { cpu: '4096', memory: '8192' }, { cpu: '4096', memory: '8192' }),
    change('aws_nat_gateway', {}, {}),
    change('aws_eip', {}, {}),
    change('aws_lb', { internal: true }, { internal: true }),
    change(
      'aws_db_instance',
      { instance_class: 'db.m7g.large', allocated_storage: 50 },
      { instance_class: 'db.m7g.large', allocated_storage: 50, multi_az: true },
    ),
  ],
  configuration: {
    root_module: {
      resources: [
        {
          address: 'aws_ecs_service.main',
          type: 'aws_ecs_service',
          expressions: {
            task_definition: { references: ['aws_ecs_task_definition.main.arn', 'aws_ecs_task_definition.main'] },
          },
        },
      ],
    },
  },
});

describe('an hour', () => {
  const estimate = estimateCost([{ stack: 'all', plan: benchmark }]);
  const of = (address: string) => estimate.resources.find((resource) => resource.address === address);

  it('of the tasks is desired count times vCPU and memory', () => {
    expect(of('aws_ecs_service.main')?.hourlyBefore).toBeCloseTo(4 * (4 * 0.04048 + 8 * 0.004445), 10);
    expect(of('aws_ecs_service.main')?.hourlyAfter).toBeCloseTo(8 * (4 * 0.04048 + 8 * 0.004445), 10);
  });

  it('of a database doubles with a standby', () => {
    const database = of('aws_db_instance.main');
    expect(database?.hourlyAfter).toBeCloseTo(2 * (database?.hourlyBefore ?? NaN), 10);
  });

  it('of everything is the sum', () => {
    expect(estimate.hourlyBefore).toBeCloseTo(
      estimate.resources.reduce((sum, resource) => sum + resource.hourlyBefore, 0),
      3,
    );
  });

  it('names what depends on use, and whose prices they are', () => {
    expect(estimate.notCounted).toEqual(
      expect.arrayContaining(['GB through the NAT gateway', 'load balancer capacity units']),
    );
    expect(estimate.basis).toMatch(/us-east-1 as of \d{4}-\d\d-\d\d/);
  });
});

it.each<[string, object]>([
  ['fewer tasks than none', { desired_count: -1 }],
  ['more tasks than there are numbers', { desired_count: 1e308 }],
])('no price is made up for %s', (_, service) => {
  const [, definition] = benchmark.resource_changes ?? [];
  const plan = planSchema.parse({
    ...benchmark,
    resource_changes: [change('aws_ecs_service', service, service), definition],
  });
  const { hourlyBefore, notCounted } = estimateCost([{ stack: 'x', plan }]);
  expect(hourlyBefore).toBe(0);
  expect(notCounted).toEqual(['aws_ecs_service.main: no price for it in the table']);
});

it.each(['constructor', 'toString', '__proto__'])('a type or class named %s is one that it does not know', (name) => {
  const plan = planSchema.parse({
    format_version: '1.2',
    resource_changes: [change(name, {}, {}), change('aws_db_instance', null, { instance_class: name })],
  });
  expect(estimateCost([{ stack: 'x', plan }])).toMatchObject({ hourlyBefore: 0, hourlyAfter: 0 });
});

it('a resource that it has no price for is named, not taken as free', () => {
  const plan = planSchema.parse({
    format_version: '1.2',
    resource_changes: [change('aws_db_instance', null, { instance_class: 'db.x9.enormous' })],
  });
  expect(estimateCost([{ stack: 'x', plan }]).notCounted).toEqual([
    'aws_db_instance.main: no price for it in the table',
  ]);
});
