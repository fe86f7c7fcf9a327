import { defineContract } from '@loadlab/foundation';
import { consume, type LabStack } from '@loadlab/foundation/stack';
import { z } from 'zod';
import { FargateService, LoadBalancer, PublishedFiles, type FargateServiceProps } from '../src';
import { container, network, stackWith } from './test-stack';

const service =
  (changes: Partial<FargateServiceProps> = {}) =>
  (stack: LabStack): FargateService =>
    new FargateService(stack, 'service', {
      network,
      name: 'web',
      containers: [container()],
      cpu: 1,
      memoryGb: 2,
      desiredTasks: 2,
      ...changes,
    });

const balancer = (stack: LabStack) =>
  new LoadBalancer(stack, 'entry', {
    network,
    name: 'web',
    reach: 'internal',
    targetPort: 8080,
    healthCheckPath: '/alive',
    idleTimeoutSeconds: 600,
  });

const ecsService = (changes: Partial<FargateServiceProps> = {}) =>
  stackWith(service(changes)).resource('aws_ecs_service');
const containersOf = (build: (stack: LabStack) => void): unknown =>
  JSON.parse(String(stackWith(build).resource('aws_ecs_task_definition').container_definitions));

test('a deployment never goes below full strength, and goes back when the new tasks do not get healthy', () => {
  expect(ecsService()).toMatchObject({
    deployment_minimum_healthy_percent: 100,
    deployment_maximum_percent: 200,
    deployment_circuit_breaker: { enable: true, rollback: true },
    wait_for_steady_state: true,
  });
});

test('a silent rollback fails the apply', () => {
  const { lifecycle } = ecsService();

  expect(lifecycle).toMatchObject({
    postcondition: [{ condition: '${self.task_definition == aws_ecs_task_definition.service_task.arn}' }],
  });
});

test('the revision before stays registered until the new one runs', () => {
  expect(stackWith(service()).resource('aws_ecs_task_definition')).toMatchObject({
    lifecycle: { create_before_destroy: true },
  });
});

test('the number of tasks is left alone only where autoscaling owns it', () => {
  expect(ecsService().lifecycle).not.toHaveProperty('ignore_changes');
  expect(ecsService({ autoscaling: { minTasks: 2, maxTasks: 4, targetCpuPercent: 60 } }).lifecycle).toMatchObject({
    ignore_changes: ['desired_count'],
  });
});

test('autoscaling follows CPU, and requests of each load balancer', () => {
  const stack = stackWith((scope) => {
    const autoscaling = { minTasks: 2, maxTasks: 4, targetCpuPercent: 60, targetRequestsPerMinute: 900 };
    service({ autoscaling, loadBalancer: balancer(scope) })(scope);
  });
  const policies = Object.values(stack.resources('aws_appautoscaling_policy')).map(
    (policy) => policy.target_tracking_scaling_policy_configuration,
  );

  expect(policies).toMatchObject([
    {
      predefined_metric_specification: { predefined_metric_type: 'ECSServiceAverageCPUUtilization' },
      target_value: 60,
    },
    {
      predefined_metric_specification: {
        predefined_metric_type: 'ALBRequestCountPerTarget',
        resource_label: '${aws_lb.entry_internal.arn_suffix}/${aws_lb_target_group.entry_internal_targets.arn_suffix}',
      },
      target_value: 900,
    },
  ]);
});

test('nobody gets a shell in a task, and tasks have no public address', () => {
  expect(ecsService()).toMatchObject({
    enable_execute_command: false,
    network_configuration: { assign_public_ip: false },
  });
});

test('waits for permissions, rules and listeners, also for those that come later', () => {
  const stack = stackWith((scope) => {
    const web = new FargateService(scope, 'service', {
      network,
      name: 'web',
      containers: [container()],
      cpu: 1,
      memoryGb: 2,
      desiredTasks: 2,
      loadBalancer: balancer(scope),
    });
    web.task.taskRole.grant('later', [
      { Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: 'arn:aws:bedrock:…' },
    ]);
    web.task.securityGroup.allowTo('database', { securityGroupId: 'sg-1' }, { port: 5432, why: 'Database' });
  });

  expect(stack.resource('aws_ecs_service').depends_on).toEqual(
    expect.arrayContaining([
      'aws_iam_role_policy.service_task_task-role_later',
      'aws_iam_role_policy.service_task_execution-role_logs',
      'aws_vpc_security_group_egress_rule.service_task_security-group_to-database',
      'aws_vpc_security_group_ingress_rule.service_task_security-group_into-database',
      'aws_vpc_security_group_ingress_rule.entry_internal_security-group_into-tasks',
      'aws_lb_listener.entry_internal_http',
    ]),
  );
});

test('behind a load balancer, new tasks have time to start', () => {
  const stack = stackWith((scope) => service({ loadBalancer: balancer(scope) })(scope));

  expect(stack.resource('aws_ecs_service')).toMatchObject({
    health_check_grace_period_seconds: 300,
    load_balancer: [{ container_name: 'web', container_port: 8080 }],
  });
});

test('a name inside the VPC answers with all healthy tasks', () => {
  const stack = stackWith(service({ discoveryName: 'mock' }));

  expect(stack.resource('aws_service_discovery_private_dns_namespace')).toMatchObject({
    name: 'loadlab-test.internal',
  });
  expect(stack.resource('aws_service_discovery_service')).toMatchObject({
    name: 'mock',
    dns_config: { routing_policy: 'MULTIVALUE', dns_records: [{ type: 'A', ttl: 10 }] },
  });
  expect(stack.resource('aws_ecs_service')).toMatchObject({
    service_registries: { registry_arn: '${aws_service_discovery_service.service_discovery.arn}' },
  });
});

test('published files are mounted read-only, with TLS and the role of the task, after they are published', () => {
  const stack = stackWith((scope) => {
    const files = new PublishedFiles(scope, 'config', { network, name: 'config', files: { 'config.yaml': 'a: b\n' } });
    service({ containers: [container({ mountPoints: [files.mountPoint('config')] })], files: { config: files } })(
      scope,
    );
  });

  // The service waits for them; the definition, made before the former one goes, depends on nothing with a fixed name.
  expect(stack.resource('aws_ecs_service').depends_on).toContain('aws_lambda_invocation.config_publication');
  expect(stack.resource('aws_ecs_task_definition')).not.toHaveProperty('depends_on');
  expect(stack.resource('aws_ecs_task_definition')).toMatchObject({
    volume: [
      {
        name: 'config',
        efs_volume_configuration: {
          transit_encryption: 'ENABLED',
          authorization_config: {
            iam: 'ENABLED',
            access_point_id: '${aws_efs_access_point.config_file-system_reader.id}',
          },
        },
      },
    ],
  });
});

describe('container definitions', () => {
  test('are JSON with sorted keys, without what ECS would leave out', () => {
    expect(JSON.stringify(containersOf(service()))).toBe(
      JSON.stringify([
        {
          command: ['node', 'main.js'],
          essential: true,
          image: 'public.ecr.aws/docker/library/node:22',
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': '/ecs/loadlab-test-trial-web',
              'awslogs-region': 'us-east-1',
              'awslogs-stream-prefix': 'task',
              'max-buffer-size': '25m',
              mode: 'non-blocking',
            },
          },
          name: 'web',
          portMappings: [{ containerPort: 8080, protocol: 'tcp' }],
        },
      ]),
    );
  });

  test('keep Terraform from reading a user’s text as an expression, and keep its own expressions', () => {
    const contract = defineContract('other', z.object({ host: z.string(), port: z.number() }));
    const build = (stack: LabStack) => {
      const { host, port } = consume(stack, contract);
      const environment = [
        { name: 'TEMPLATE', value: 'Hello ${NAME}, %{if}' },
        { name: 'HOST', value: host },
        { name: 'PORT', value: String(port) },
      ];
      service({ containers: [container({ environment })] })(stack);
    };

    expect(containersOf(build)).toMatchObject([
      {
        environment: [
          { name: 'TEMPLATE', value: 'Hello $${NAME}, %%{if}' },
          { name: 'HOST', value: '${data.terraform_remote_state.other.outputs.host}' },
          { name: 'PORT', value: '${data.terraform_remote_state.other.outputs.port}' },
        ],
      },
    ]);
  });

  test.each([
    ['environment', { environment: [{ name: 'LITELLM_CONFIG', value: '/x' }] }],
    ['secrets', { secrets: [{ name: 'LITELLM_CONFIG', valueFrom: 'arn:aws:…' }] }],
  ])('refuse LITELLM_CONFIG in %s, with the reason', (_where, changes) => {
    expect(() => ecsService({ containers: [container(changes)] })).toThrow(
      'LiteLLM does not read LITELLM_CONFIG, it would start without models',
    );
  });
});

test.each([
  [
    'a volume that the task does not have',
    { containers: [container({ mountPoints: [{ sourceVolume: 'data', containerPath: '/x', readOnly: true }] })] },
    'container web mounts "data"; the task has no volumes',
  ],
  ['no port', { containers: [container({ portMappings: [] })] }, 'container web must have exactly one port, not 0'],
  ['an autoscaling that cannot be', { autoscaling: { minTasks: 4, maxTasks: 2 } }, 'minTasks 4 is above maxTasks 2'],
  [
    'scaling by requests that nobody counts',
    { autoscaling: { minTasks: 1, maxTasks: 2, targetRequestsPerMinute: 9 } },
    'targetRequestsPerMinute needs a load balancer',
  ],
  ['memory that Fargate does not offer', { cpu: 4, memoryGb: 4 }, 'Fargate has no 4 GB for 4 vCPU; it has 8 to 30 GB'],
] satisfies [string, Partial<FargateServiceProps>, string][])('refuses %s', (_what, changes, message) => {
  expect(() => ecsService(changes)).toThrow(message);
});

test('refuses to mount published files for writing', () => {
  expect(() =>
    stackWith((scope) => {
      const files = new PublishedFiles(scope, 'config', { network, name: 'config', files: { a: 'b' } });
      const mountPoints = [{ ...files.mountPoint('config'), readOnly: false }];
      service({ containers: [container({ mountPoints })], files: { config: files } })(scope);
    }),
  ).toThrow('mounts the published files "config" for writing');
});
