import { synthesize, testEnvironment, type EnvironmentInput } from '@loadlab/foundation/testing';
import { MockOpenAiStack } from '../src/stack';

function mockStack(sections: Partial<EnvironmentInput> = {}) {
  const stacks = synthesize((app) => {
    new MockOpenAiStack(app, testEnvironment({ accountId: '123456789012', ...sections }));
  });
  const stack = stacks['mock-openai-test'];
  if (stack === undefined) throw new Error('no stack was synthesized');
  return stack;
}

const minimal = mockStack();
const maximal = mockStack({
  profile: 'production',
  network: { cidr: '10.50.0.0/16', availabilityZones: 3, nat: 'perZone' },
  mockOpenai: { tasks: 8, cpu: 4, memoryGb: 8, latency: '250ms' },
  permissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/boundary',
  expiresAt: '2026-11-24T18:00:00Z',
});

test('the smallest mock', () => {
  expect(minimal.snapshot).toMatchSnapshot();
});

test('the largest mock', () => {
  expect(maximal.snapshot).toMatchSnapshot();
});

test('others find it by a name inside the VPC, without a load balancer in between', () => {
  expect(minimal.outputs).toMatchObject({ url: 'http://mock-openai.loadlab-test.internal:8080', port: 8080 });
  expect(minimal.resources('aws_lb')).toEqual({});
});

test('runs the published bundle in a public image', () => {
  const [container] = JSON.parse(String(minimal.resource('aws_ecs_task_definition').container_definitions)) as [
    { command: string[]; image: string; mountPoints: unknown },
  ];
  const { content } = minimal.resource('aws_lambda_invocation').triggers as { content: string };

  expect(container.command.slice(0, 2)).toEqual(['node', `/mnt/app/${content}/main.js`]);
  expect(container.image).toMatch(/^public\.ecr\.aws\/docker\/library\/node:\d+\.\d+\.\d+-/);
  expect(container.mountPoints).toEqual([{ containerPath: '/mnt/app', readOnly: true, sourceVolume: 'app' }]);
});

test('is not moved between zones while something is measured', () => {
  expect(minimal.resource('aws_ecs_service')).toMatchObject({ availability_zone_rebalancing: 'DISABLED' });
});

test('lets nobody in: whoever needs access adds a rule', () => {
  const tasks = '${aws_security_group.service_task_security-group.id}';
  const into = Object.values(minimal.resources('aws_vpc_security_group_ingress_rule'));

  expect(into.filter((rule) => rule.security_group_id === tasks)).toEqual([]);
});

test('is not wanted where the environment says none', () => {
  const environment = testEnvironment({ mockOpenai: 'none' });

  expect(MockOpenAiStack.isWanted(environment)).toBe(false);
  expect(MockOpenAiStack.isWanted(testEnvironment())).toBe(true);
});

// Another address is another resource: the old one would be destroyed.
test('what holds something keeps its address', () => {
  expect(minimal.addresses.filter((address) => /efs_file_system\.|namespace|ecs_cluster/.test(address))).toEqual([
    'aws_ecs_cluster.service_cluster',
    'aws_efs_file_system.app_file-system',
    'aws_service_discovery_private_dns_namespace.service_discovery_namespace',
  ]);
});
