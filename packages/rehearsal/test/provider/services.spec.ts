import type { KnownValues } from '../../src/protocol/value';
import { DirectProvider } from './direct-provider';
import { idOf, roleFor, smallNetwork, textOf, type SmallNetwork } from './small-network';

let aws: DirectProvider;
let network: SmallNetwork;
beforeEach(async () => {
  aws = await DirectProvider.start();
  network = await smallNetwork(aws);
});
afterEach(() => aws.stop());

const container = { name: 'app', image: 'node:20', essential: true, portMappings: [{ containerPort: 4000 }] };

async function task(more: KnownValues = {}, containers: object[] = [container]): Promise<KnownValues> {
  const known = aws.account.read().find('aws_iam_role', 'execution');
  const arn =
    known === undefined
      ? textOf(await roleFor(aws, 'execution', 'ecs-tasks.amazonaws.com'), 'arn')
      : textOf(known.attributes, 'arn');
  return {
    family: 'app',
    requires_compatibilities: ['FARGATE'],
    network_mode: 'awsvpc',
    cpu: '4096',
    memory: '8192',
    execution_role_arn: arn,
    container_definitions: JSON.stringify(containers),
    ...more,
  };
}

describe('a task definition on Fargate', () => {
  it.each([
    ['4 vCPU with 4 GB', { memory: '4096' }, 'No Fargate configuration exists for given values: 4096 CPU, 4096 memory'],
    ['3 vCPU', { cpu: '3072' }, 'No Fargate configuration exists for given values: 3072 CPU, 8192 memory'],
    ['a quarter vCPU with 4 GB', { cpu: '256', memory: '4096' }, 'No Fargate configuration exists'],
    ['no size', { cpu: null, memory: null }, "Fargate requires that 'cpu' be defined at the task level"],
    ['another network', { network_mode: 'bridge' }, 'Fargate only supports network mode'],
    [
      'an unknown platform',
      { runtime_platform: [{ cpu_architecture: 'ARM' }] },
      'expected cpu_architecture to be one of ["X86_64" "ARM64"], got ARM',
    ],
    ['a role that does not exist', { task_role_arn: 'arn:aws:iam::123456789012:role/none' }, 'Role is not valid'],
  ])('is refused with %s', async (_case, more: KnownValues, message) => {
    expect((await aws.apply('aws_ecs_task_definition', await task(more))).errors.join()).toContain(message);
  });

  it.each([
    [
      'a mount of no volume',
      [{ ...container, mountPoints: [{ sourceVolume: 'config', containerPath: '/mnt' }] }],
      "Unknown volume 'config'",
    ],
    ['two containers of one name', [container, container], 'Container names must be unique'],
    ['nothing essential', [{ ...container, essential: false }], 'At least one container must be marked as essential'],
    [
      'a dependency on nobody',
      [{ ...container, dependsOn: [{ containerName: 'db', condition: 'START' }] }],
      "Container dependency on container 'db'",
    ],
    [
      'a variable that is also a secret',
      [{ ...container, environment: [{ name: 'A', value: '' }], secrets: [{ name: 'A', valueFrom: 'arn' }] }],
      'The secret name must be unique',
    ],
    ['no image', [{ name: 'app' }], 'Invalid container definitions'],
  ])('is refused with %s', async (_case, containers, message) => {
    expect((await aws.apply('aws_ecs_task_definition', await task({}, containers))).errors.join()).toContain(message);
  });

  it('is refused with an access point but without TLS', async () => {
    const efs = { file_system_id: 'fs-1', authorization_config: [{ access_point_id: 'fsap-1', iam: 'ENABLED' }] };
    const { errors } = await aws.apply(
      'aws_ecs_task_definition',
      await task({ volume: [{ name: 'config', efs_volume_configuration: [efs] }] }),
    );
    expect(errors.join()).toContain('require transit encryption to be enabled');
  });

  it('gets another revision with each change, and never the same one twice', async () => {
    const first = await aws.make('aws_ecs_task_definition', await task());
    const second = await aws.apply('aws_ecs_task_definition', await task({ memory: '16384' }), first);
    expect(second.replacedBecause).toEqual(['memory']);
    await aws.destroy('aws_ecs_task_definition', second.state);
    const third = await aws.make('aws_ecs_task_definition', await task());
    expect([first.revision, second.state?.revision, third.revision]).toEqual([1, 2, 3]);
  });
});

describe('a service', () => {
  async function ready(): Promise<KnownValues> {
    const cluster = await aws.make('aws_ecs_cluster', { name: 'lab' });
    const definition = await aws.make('aws_ecs_task_definition', await task());
    return {
      name: 'app',
      cluster: idOf(cluster),
      task_definition: textOf(definition, 'arn'),
      launch_type: 'FARGATE',
      desired_count: 2,
      wait_for_steady_state: true,
      network_configuration: [{ subnets: network.subnetIds, security_groups: [network.groupId] }],
    };
  }

  async function targetGroup(more: KnownValues = {}): Promise<string> {
    return idOf(
      await aws.make('aws_lb_target_group', {
        name: 'app',
        port: 4000,
        protocol: 'HTTP',
        vpc_id: network.vpcId,
        target_type: 'ip',
        ...more,
      }),
    );
  }

  const behind = (arn: string, more: KnownValues = {}): KnownValues => ({
    load_balancer: [{ target_group_arn: arn, container_name: 'app', container_port: 4000, ...more }],
  });

  it.each([
    [
      'a target group without a load balancer',
      async () => behind(await targetGroup()),
      'does not have an associated load balancer',
    ],
    [
      'a target group for machines',
      async () => behind(await targetGroup({ target_type: 'instance' })),
      'incompatible with the awsvpc network mode',
    ],
    [
      'a container that is not in its task',
      async () => behind(await targetGroup(), { container_name: 'web' }),
      'The container web does not exist in the task definition',
    ],
    [
      'a port that the container lacks',
      async () => behind(await targetGroup(), { container_port: 80 }),
      'did not have a container port 80 defined',
    ],
    ['no network', () => Promise.resolve({ network_configuration: [] }), 'Network Configuration must be provided'],
    [
      'a grace period without a load balancer',
      () => Promise.resolve({ health_check_grace_period_seconds: 60 }),
      'Health check grace period is only valid',
    ],
    ['no such cluster', () => Promise.resolve({ cluster: 'other' }), 'ClusterNotFoundException'],
    [
      'Spot that the cluster lacks',
      () =>
        Promise.resolve({
          launch_type: null,
          capacity_provider_strategy: [{ capacity_provider: 'FARGATE_SPOT', weight: 1 }],
        }),
      'not associated with the cluster',
    ],
  ])('is refused with %s', async (_case, more: () => Promise<KnownValues>, message) => {
    const config = { ...(await ready()), ...(await more()) };
    expect((await aws.apply('aws_ecs_service', config)).errors.join()).toContain(message);
  });

  it('keeps its cluster', async () => {
    const service = await aws.make('aws_ecs_service', await ready());
    const cluster = { id: textOf(service, 'cluster'), region: 'us-east-1' };
    expect((await aws.destroy('aws_ecs_cluster', cluster)).errors.join()).toContain('ClusterContainsServicesException');
  });

  it('comes up tainted, with the reason, when its tasks cannot start', async () => {
    const logging = {
      ...container,
      logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/none' } },
    };
    const definition = await aws.make('aws_ecs_task_definition', await task({ family: 'logging' }, [logging]));
    const { errors, state } = await aws.apply('aws_ecs_service', {
      ...(await ready()),
      task_definition: textOf(definition, 'arn'),
    });
    expect(errors.join()).toMatch(/^waiting for ECS Service .*The specified log group does not exist \(\/ecs\/none\)/);
    expect(state).not.toBeNull();
  });

  it('goes back to its former revision when the new one cannot start, and says so in its state', async () => {
    const breaker = { deployment_circuit_breaker: [{ enable: true, rollback: true }] };
    const before = await aws.make('aws_ecs_service', { ...(await ready()), ...breaker });
    const secret = {
      ...container,
      secrets: [{ name: 'KEY', valueFrom: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:none-abcdef' }],
    };
    const broken = await aws.make('aws_ecs_task_definition', await task({}, [secret]));
    const config = { ...before, task_definition: textOf(broken, 'arn') } as KnownValues;
    const { errors } = await aws.apply('aws_ecs_service', config, before);
    expect(errors.join()).toContain("Secrets Manager can't find the specified secret");
    expect((await aws.read('aws_ecs_service', before))?.task_definition).toBe(before.task_definition);
  });
});

describe('load balancers', () => {
  const balancer = (more: KnownValues = {}): KnownValues => ({
    name: 'lab',
    internal: true,
    subnets: network.subnetIds,
    security_groups: [network.groupId],
    ...more,
  });

  it.each([
    ['a name of 33 letters', { name: 'x'.repeat(33) }, '"name" cannot be longer than 32 characters'],
    ['a name that begins with internal-', { name: 'internal-lab' }, '"name" cannot begin with "internal-"'],
    ['no internet gateway, but public', { internal: false }, 'has no internet gateway'],
    [
      'logs into a bucket that lets nobody in',
      { access_logs: [{ bucket: 'logs', enabled: true }] },
      'Access Denied for bucket: logs',
    ],
    ['an unknown mode', { desync_mitigation_mode: 'strict' }, 'expected desync_mitigation_mode to be one of'],
  ])('are refused with %s', async (_case, more: KnownValues, message) => {
    expect((await aws.apply('aws_lb', balancer(more))).errors.join()).toContain(message);
  });

  it.each([
    [
      'HTTPS without a certificate',
      { port: 443, protocol: 'HTTPS' },
      'A certificate must be specified for HTTPS listeners',
    ],
    [
      'HTTP with a certificate',
      { port: 80, protocol: 'HTTP', certificate_arn: 'arn:aws:acm:us-east-1:123456789012:certificate/1' },
      'A certificate cannot be specified for HTTP listeners',
    ],
    ['a port out of range', { port: 70000 }, 'expected port to be in the range (1 - 65535), got 70000'],
    [
      'a redirect to nowhere',
      { port: 80, default_action: [{ type: 'redirect' }] },
      'must be specified when "default_action[0].type" is "redirect"',
    ],
  ])('have no listener with %s', async (_case, more: KnownValues, message) => {
    const lb = await aws.make('aws_lb', balancer());
    const answer = [{ type: 'fixed-response', fixed_response: [{ content_type: 'text/plain', status_code: '404' }] }];
    const { errors } = await aws.apply('aws_lb_listener', {
      load_balancer_arn: idOf(lb),
      default_action: answer,
      ...more,
    });
    expect(errors.join()).toContain(message);
  });

  it('keep a target group that a listener sends requests to, and one listener a port', async () => {
    const lb = await aws.make('aws_lb', balancer());
    const group = await aws.make('aws_lb_target_group', {
      name: 'app',
      port: 80,
      protocol: 'HTTP',
      vpc_id: network.vpcId,
      target_type: 'ip',
    });
    const listener = {
      load_balancer_arn: idOf(lb),
      port: 80,
      protocol: 'HTTP',
      default_action: [{ type: 'forward', target_group_arn: idOf(group) }],
    };
    await aws.make('aws_lb_listener', listener);
    expect((await aws.apply('aws_lb_listener', listener)).errors.join()).toContain('DuplicateListener');
    expect((await aws.destroy('aws_lb_target_group', group)).errors.join()).toContain(
      'is currently in use by a listener or a rule',
    );
    await aws.destroy('aws_lb', lb);
    expect((await aws.destroy('aws_lb_target_group', group)).errors).toEqual([]);
  });

  it('stand in two zones', async () => {
    const { errors } = await aws.apply('aws_lb', balancer({ subnets: network.subnetIds.slice(0, 1) }));
    expect(errors.join()).toContain('At least two subnets in two different Availability Zones must be specified');
  });

  it('stay while they are protected', async () => {
    const lb = await aws.make('aws_lb', balancer({ enable_deletion_protection: true }));
    expect((await aws.destroy('aws_lb', lb)).errors.join()).toContain(
      'cannot be deleted because deletion protection is enabled',
    );
  });
});

describe('a database', () => {
  async function database(more: KnownValues = {}): Promise<KnownValues> {
    await aws.apply('aws_db_subnet_group', { name: 'data', subnet_ids: network.subnetIds });
    return {
      identifier: 'lab',
      engine: 'postgres',
      engine_version: '16',
      instance_class: 'db.m7g.large',
      allocated_storage: 50,
      storage_type: 'gp3',
      username: 'litellm',
      password_wo: 'correcthorsebattery',
      password_wo_version: 1,
      db_subnet_group_name: 'data',
      vpc_security_group_ids: [network.groupId],
      skip_final_snapshot: true,
      ...more,
    };
  }

  it.each([
    ['no password', { password_wo: null, password_wo_version: null }, 'MasterUserPassword must be provided'],
    ['a password with a slash', { password_wo: 'correct/horse' }, 'is not a valid password'],
    ['a short password', { password_wo: 'horse' }, 'is not a valid password'],
    [
      'a password without its version',
      { password_wo_version: null },
      'all of `password_wo,password_wo_version` must be specified',
    ],
    ['monitoring without a role', { monitoring_interval: 60 }, 'A MonitoringRoleARN value is required'],
    ['tuned storage below 400 GiB', { iops: 12000 }, "You can't specify IOPS or storage throughput"],
    ['19 GiB', { allocated_storage: 19 }, 'Invalid storage size'],
    ['no such subnet group', { db_subnet_group_name: 'other' }, 'DBSubnetGroupNotFoundFault'],
  ])('is refused with %s', async (_case, more: KnownValues, message) => {
    expect((await aws.apply('aws_db_instance', await database(more))).errors.join()).toContain(message);
  });

  it('needs two zones', async () => {
    const { errors } = await aws.apply('aws_db_subnet_group', {
      name: 'one',
      subnet_ids: network.subnetIds.slice(0, 1),
    });
    expect(errors.join()).toContain('Current AZ coverage: us-east-1a. Add subnets to cover at least 2 AZs');
  });

  it('grows in place, and neither shrinks nor goes back to a former version', async () => {
    const config = await database();
    const larger = { ...config, allocated_storage: 100, engine_version: '17' };
    const state = await aws.make('aws_db_instance', larger, await aws.make('aws_db_instance', config));
    expect(state).toMatchObject({ allocated_storage: 100, engine_version_actual: '17.10' });
    const smaller = await aws.apply('aws_db_instance', { ...larger, allocated_storage: 50 }, state);
    expect(smaller.errors.join()).toContain('storage cannot be reduced');
    const former = await aws.apply('aws_db_instance', { ...larger, engine_version: '16' }, state);
    expect(former.errors.join()).toContain('Cannot upgrade postgres from 17.10 to 16');
  });

  it('keeps its password out of plan, state and account', async () => {
    const { planned, state } = await aws.apply('aws_db_instance', await database());
    const seen = JSON.stringify([planned, state, aws.account.read().all()]);
    expect(seen).not.toContain('correcthorsebattery');
    expect(state).toMatchObject({ password_wo: null, password_wo_version: 1, port: 5432, status: 'available' });
  });

  it.each([
    ['its name inside', { db_name: 'other' }, ['db_name']],
    ['its zone', { availability_zone: 'us-east-1b' }, ['availability_zone']],
    ['encryption', { storage_encrypted: true }, ['storage_encrypted']],
    ['its size', { instance_class: 'db.m7g.xlarge' }, []],
    ['its storage', { allocated_storage: 100 }, []],
    ['its password', { password_wo: 'anotherhorsebattery', password_wo_version: 2 }, []],
  ])('is replaced or not by a change of %s', async (_case, more: KnownValues, because) => {
    const before = await aws.make('aws_db_instance', await database());
    expect((await aws.apply('aws_db_instance', await database(more), before)).replacedBecause).toEqual(because);
  });

  it('goes only unprotected, with a snapshot under a name of its own', async () => {
    const snapshot = { skip_final_snapshot: false, final_snapshot_identifier: 'lab-last' };
    const locked = await aws.make('aws_db_instance', await database({ deletion_protection: true, ...snapshot }));
    expect((await aws.destroy('aws_db_instance', locked)).errors.join()).toContain(
      'Cannot delete protected DB Instance',
    );
    const free = await aws.make('aws_db_instance', await database(snapshot), locked);
    expect((await aws.destroy('aws_db_instance', free)).errors).toEqual([]);
    const again = await aws.make('aws_db_instance', await database(snapshot));
    expect((await aws.destroy('aws_db_instance', again)).errors.join()).toContain(
      'a snapshot with the identifier lab-last already exists',
    );
  });

  it('holds its subnets', async () => {
    await aws.make('aws_db_instance', await database());
    const { errors } = await aws.destroy('aws_subnet', { id: network.subnetIds[0] ?? '', region: 'us-east-1' });
    expect(errors.join()).toContain('DependencyViolation');
  });
});
