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

describe('a file system', () => {
  it('goes after its mount targets, and takes its policy and access points along', async () => {
    const files = await aws.make('aws_efs_file_system', { encrypted: true });
    const target = await aws.make('aws_efs_mount_target', {
      file_system_id: idOf(files),
      subnet_id: network.subnetIds[0] ?? '',
    });
    const door = await aws.make('aws_efs_access_point', { file_system_id: idOf(files) });
    expect((await aws.destroy('aws_efs_file_system', files)).errors.join()).toContain('FileSystemInUse');
    await aws.destroy('aws_efs_mount_target', target);
    expect((await aws.destroy('aws_efs_file_system', files)).errors).toEqual([]);
    expect(await aws.read('aws_efs_access_point', door)).toBeNull();
  });

  it('has one mount target a zone', async () => {
    const files = await aws.make('aws_efs_file_system', {});
    const target = { file_system_id: idOf(files), subnet_id: network.subnetIds[0] ?? '' };
    await aws.make('aws_efs_mount_target', target);
    expect((await aws.apply('aws_efs_mount_target', target)).errors.join()).toContain(
      'mount target already exists in this AZ',
    );
    expect((await aws.read('aws_efs_file_system', files))?.number_of_mount_targets).toBe(1);
  });

  it('has access points that never change', async () => {
    const files = await aws.make('aws_efs_file_system', {});
    const door = (uid: number): KnownValues => ({ file_system_id: idOf(files), posix_user: [{ uid, gid: 1000 }] });
    const before = await aws.make('aws_efs_access_point', door(1000));
    expect((await aws.apply('aws_efs_access_point', door(1001), before)).replacedBecause).toEqual(['posix_user']);
  });
});

describe('a function', () => {
  async function lambda(more: KnownValues = {}): Promise<KnownValues> {
    const known = aws.account.read().find('aws_iam_role', 'lambda');
    const arn =
      known === undefined
        ? textOf(await roleFor(aws, 'lambda', 'lambda.amazonaws.com'), 'arn')
        : textOf(known.attributes, 'arn');
    return {
      function_name: 'publisher',
      role: arn,
      runtime: 'nodejs22.x',
      handler: 'index.handler',
      filename: 'code.zip',
      source_code_hash: 'aGFzaA==',
      ...more,
    };
  }

  it.each([
    ['a role that does not exist', { role: 'arn:aws:iam::123456789012:role/none' }, 'cannot be assumed by Lambda'],
    ['no runtime', { runtime: null }, 'Runtime and Handler are mandatory'],
    ['too little memory', { memory_size: 64 }, 'expected memory_size to be in the range (128 - 10240), got 64'],
    [
      'a file system but no VPC',
      { file_system_config: [{ arn: 'arn', local_mount_path: '/mnt/a' }] },
      'can be mounted by functions in a VPC only',
    ],
  ])('is refused with %s', async (_case, more: KnownValues, message) => {
    expect((await aws.apply('aws_lambda_function', await lambda(more))).errors.join()).toContain(message);
  });

  it('needs a mount target in each of its zones', async () => {
    const files = await aws.make('aws_efs_file_system', {});
    const door = await aws.make('aws_efs_access_point', { file_system_id: idOf(files) });
    await aws.make('aws_efs_mount_target', { file_system_id: idOf(files), subnet_id: network.subnetIds[0] ?? '' });
    const mounted = await lambda({
      vpc_config: [{ subnet_ids: network.subnetIds, security_group_ids: [network.groupId] }],
      file_system_config: [{ arn: textOf(door, 'arn'), local_mount_path: '/mnt/files' }],
    });
    expect((await aws.apply('aws_lambda_function', mounted)).errors.join()).toContain(
      'not all are in the available life cycle state yet',
    );
    await aws.make('aws_efs_mount_target', { file_system_id: idOf(files), subnet_id: network.subnetIds[1] ?? '' });
    expect((await aws.apply('aws_lambda_function', mounted)).errors).toEqual([]);
  });

  it('changes in place, and tells anew what follows from its code', async () => {
    const before = await aws.make('aws_lambda_function', await lambda({ publish: true }));
    const after = await aws.apply(
      'aws_lambda_function',
      await lambda({ publish: true, source_code_hash: 'b3RoZXI=' }),
      before,
    );
    expect(after.replacedBecause).toEqual([]);
    expect([before.version, after.state?.version]).toEqual(['1', '2']);
    expect(
      (await aws.apply('aws_lambda_function', await lambda({ function_name: 'other' }), before)).replacedBecause,
    ).toEqual(['function_name']);
  });

  it('is called again when what triggers the call changes', async () => {
    await aws.make('aws_lambda_function', await lambda());
    const call = (content: string): KnownValues => ({ function_name: 'publisher', input: '{}', triggers: { content } });
    const before = await aws.make('aws_lambda_invocation', call('1'));
    expect(before.result).toBe('{"path":"/published"}');
    expect((await aws.apply('aws_lambda_invocation', call('1'), before)).replacedBecause).toEqual([]);
    expect((await aws.apply('aws_lambda_invocation', call('2'), before)).replacedBecause).toEqual(['triggers']);
  });
});

describe('a secret', () => {
  it('keeps its name until its recovery window is over', async () => {
    const named = { name: 'lab/key', recovery_window_in_days: 7 };
    await aws.destroy('aws_secretsmanager_secret', await aws.make('aws_secretsmanager_secret', named));
    const { errors } = await aws.apply('aws_secretsmanager_secret', named);
    expect(errors.join()).toContain('a secret with this name is already scheduled for deletion');
  });

  it('gives its value to ephemeral resources, and to nobody else', async () => {
    const secret = await aws.make('aws_secretsmanager_secret', { name: 'lab/key', recovery_window_in_days: 0 });
    const version = (value: string, number: number): KnownValues => ({
      secret_id: idOf(secret),
      secret_string_wo: value,
      secret_string_wo_version: number,
    });
    const first = await aws.apply('aws_secretsmanager_secret_version', version('first-value', 1));
    const second = await aws.apply('aws_secretsmanager_secret_version', version('second-value', 2), first.state);
    expect(second.replacedBecause).toEqual(['secret_string_wo_version']);
    expect(
      (await aws.open('aws_secretsmanager_secret_version', { secret_id: idOf(secret) })).state?.secret_string,
    ).toBe('second-value');
    const previous = await aws.open('aws_secretsmanager_secret_version', {
      secret_id: idOf(secret),
      version_stage: 'AWSPREVIOUS',
    });
    expect(previous.state?.secret_string).toBe('first-value');
    const seen = JSON.stringify([first, second, aws.account.read().all()]);
    expect(seen).not.toMatch(/first-value|second-value/);
    await aws.destroy('aws_secretsmanager_secret', secret);
    expect(aws.secrets.all()).toEqual({});
  });

  it.each([
    [{ password_length: 40, exclude_punctuation: true }, /^[A-Za-z0-9]{40}$/],
    [{}, /^.{32}$/],
    [{ password_length: 8, exclude_lowercase: true, exclude_uppercase: true, exclude_punctuation: true }, /^\d{8}$/],
    [{ password_length: 64, exclude_characters: 'aeiou/@" ' }, /^[^aeiou/@" ]{64}$/],
  ])('can be made up: %j', async (config: KnownValues, form) => {
    const passwords = await Promise.all([1, 2].map(() => aws.open('aws_secretsmanager_random_password', config)));
    for (const { state } of passwords) expect(state?.random_password).toMatch(form);
    expect(passwords[0]?.state?.random_password).not.toBe(passwords[1]?.state?.random_password);
  });
});

describe('a bucket', () => {
  it.each([
    ['capitals', 'Lab-Results'],
    ['an address for a name', '10.0.0.1'],
    ['two letters', 'ab'],
    ['an underscore', 'lab_results'],
  ])('is refused with %s', async (_case, bucket) => {
    expect((await aws.apply('aws_s3_bucket', { bucket })).errors.join()).toMatch(
      /invalid value for bucket|must not be formatted as an IP address/,
    );
  });

  it('goes when it is empty, and takes its settings along', async () => {
    const bucket = await aws.make('aws_s3_bucket', { bucket: 'lab-results' });
    const versioning = await aws.make('aws_s3_bucket_versioning', {
      bucket: 'lab-results',
      versioning_configuration: [{ status: 'Enabled' }],
    });
    await aws.account.change((account) => {
      const found = account.find('aws_s3_bucket', 'lab-results');
      if (found !== undefined) account.put({ ...found, attributes: { ...found.attributes, objects: ['run.json'] } });
    });
    expect((await aws.destroy('aws_s3_bucket', bucket)).errors.join()).toContain(
      'BucketNotEmpty: The bucket you tried to delete is not empty',
    );
    expect((await aws.destroy('aws_s3_bucket', { ...bucket, force_destroy: true })).errors).toEqual([]);
    expect(await aws.read('aws_s3_bucket_versioning', versioning)).toBeNull();
  });

  it('has settings only while it exists, and rules that do something', async () => {
    expect((await aws.apply('aws_s3_bucket_public_access_block', { bucket: 'none' })).errors.join()).toContain(
      'NoSuchBucket',
    );
    await aws.make('aws_s3_bucket', { bucket: 'lab-results' });
    const lifecycle = (rule: KnownValues): KnownValues => ({
      bucket: 'lab-results',
      rule: [{ id: 'a', status: 'Enabled', ...rule }],
    });
    expect((await aws.apply('aws_s3_bucket_lifecycle_configuration', lifecycle({}))).errors.join()).toContain(
      'At least one action needs to be specified',
    );
    expect(
      (await aws.apply('aws_s3_bucket_lifecycle_configuration', lifecycle({ expiration: [{ days: 7 }] }))).errors,
    ).toEqual([]);
  });
});

describe('batch', () => {
  it('keeps a compute environment that a queue uses', async () => {
    const places = await aws.make('aws_batch_compute_environment', {
      name: 'places',
      type: 'MANAGED',
      compute_resources: [
        { type: 'FARGATE', max_vcpus: 16, subnets: network.subnetIds, security_group_ids: [network.groupId] },
      ],
    });
    const queue = {
      name: 'jobs',
      state: 'ENABLED',
      priority: 1,
      compute_environment_order: [{ compute_environment: textOf(places, 'arn'), order: 1 }],
    };
    const made = await aws.make('aws_batch_job_queue', queue);
    expect((await aws.destroy('aws_batch_compute_environment', places)).errors.join()).toContain(
      'found existing JobQueue relationship',
    );
    await aws.destroy('aws_batch_job_queue', made);
    expect((await aws.destroy('aws_batch_compute_environment', places)).errors).toEqual([]);
  });

  it('turns to Spot in place, but not to another name', async () => {
    const places = (name: string, type: string): KnownValues => ({
      name,
      type: 'MANAGED',
      compute_resources: [{ type, max_vcpus: 16, subnets: network.subnetIds, security_group_ids: [network.groupId] }],
    });
    const before = await aws.make('aws_batch_compute_environment', places('a', 'FARGATE'));
    expect(
      (await aws.apply('aws_batch_compute_environment', places('a', 'FARGATE_SPOT'), before)).replacedBecause,
    ).toEqual([]);
    expect((await aws.apply('aws_batch_compute_environment', places('b', 'FARGATE'), before)).replacedBecause).toEqual([
      'name',
    ]);
  });

  it('registers another revision of a job in place', async () => {
    const job = (image: string): KnownValues => ({
      name: 'generator',
      type: 'container',
      platform_capabilities: ['FARGATE'],
      container_properties: JSON.stringify({
        image,
        executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
        resourceRequirements: [
          { type: 'VCPU', value: '2' },
          { type: 'MEMORY', value: '4096' },
        ],
      }),
    });
    const before = await aws.make('aws_batch_job_definition', job('node:20'));
    const after = await aws.apply('aws_batch_job_definition', job('node:22'), before);
    expect(after.replacedBecause).toEqual([]);
    expect(after.state?.arn).toBe(`${textOf(before, 'arn_prefix')}:2`);
    expect((await aws.read('aws_batch_job_definition', after.state ?? {}))?.revision).toBe(2);
  });
});

describe('IAM', () => {
  it.each([
    ['no action', { Effect: 'Allow', Resource: '*' }, 'Policy statement must contain actions.'],
    ['no resource', { Effect: 'Allow', Action: 's3:*' }, 'Policy statement must contain resources.'],
    ['no effect', { Action: 's3:*', Resource: '*' }, 'Effect'],
    [
      'a principal',
      { Effect: 'Allow', Action: 's3:*', Resource: '*', Principal: '*' },
      'should not specify a principal',
    ],
  ])('refuses a policy with %s', async (_case, statement, message) => {
    const { errors } = await aws.apply('aws_iam_policy', {
      name: 'p',
      policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    });
    expect(errors.join()).toContain(message);
  });

  it('keeps a role with policies, and a policy with roles', async () => {
    const role = await roleFor(aws, 'worker', 'ecs-tasks.amazonaws.com');
    const policy = await aws.make('aws_iam_policy', {
      name: 'p',
      policy: '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
    });
    const attachment = await aws.make('aws_iam_role_policy_attachment', {
      role: 'worker',
      policy_arn: textOf(policy, 'arn'),
    });
    expect((await aws.destroy('aws_iam_role', role)).errors.join()).toContain(
      'DeleteConflict: Cannot delete entity, must detach all policies first.',
    );
    expect((await aws.destroy('aws_iam_policy', policy)).errors.join()).toContain(
      'Cannot delete a policy attached to entities',
    );
    await aws.destroy('aws_iam_role_policy_attachment', attachment);
    expect((await aws.destroy('aws_iam_role', role)).errors).toEqual([]);
  });
});

describe('autoscaling', () => {
  it('needs what it scales, and a target before its policies', async () => {
    const target = {
      service_namespace: 'ecs',
      resource_id: 'service/lab/app',
      scalable_dimension: 'ecs:service:DesiredCount',
    };
    expect(
      (await aws.apply('aws_appautoscaling_target', { ...target, min_capacity: 1, max_capacity: 2 })).errors.join(),
    ).toContain("ECS service doesn't exist");
    expect((await aws.apply('aws_appautoscaling_policy', { ...target, name: 'cpu' })).errors.join()).toContain(
      'No scalable target registered',
    );
  });
});
