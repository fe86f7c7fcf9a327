import { synthesize, testEnvironment, type Block, type EnvironmentInput } from '@loadlab/foundation/testing';
import { LoadtestStack } from '../src/stack';

function loadtestStack(sections: Partial<EnvironmentInput> = {}) {
  const stacks = synthesize((app) => {
    new LoadtestStack(app, testEnvironment({ accountId: '123456789012', ...sections }));
  });
  const stack = stacks['loadtest-test'];
  if (stack === undefined) throw new Error('no stack was synthesized');
  return stack;
}

const HTTPS = {
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef',
  domain: 'llm.example.com',
};

const benchmark = loadtestStack();
const maximal = loadtestStack({
  profile: 'production',
  network: { cidr: '10.50.0.0/16', availabilityZones: 3, nat: 'perZone' },
  proxy: { loadBalancer: 'both', https: HTTPS },
  loadGenerator: { cpu: 4, memoryGb: 16, maxTasks: 32, spot: true },
});
const minimal = loadtestStack({ mockOpenai: 'none', loadGenerator: { cpu: 0.25, memoryGb: 0.5, maxTasks: 1 } });

const properties = (stack: typeof benchmark) =>
  JSON.parse(String(stack.resource('aws_batch_job_definition').container_properties)) as Record<string, unknown>;
const rules = (stack: typeof benchmark, type: string): readonly Block[] => Object.values(stack.resources(type));
const generators = '${aws_security_group.generator_security-group.id}';

/** Without the text of the scenarios, which is the app's. */
function picture({ snapshot }: typeof benchmark): Block {
  const { terraform_data: _text, ...resource } = snapshot.resource as Record<string, unknown>;
  return { ...snapshot, resource };
}

test('as small as it gets', () => {
  expect(picture(minimal)).toMatchSnapshot();
});

test('as large as it gets', () => {
  expect(picture(maximal)).toMatchSnapshot();
});

test('a plan shows the scenarios as text', () => {
  const { input } = benchmark.resource('terraform_data') as { input: Record<string, string> };

  expect(input['scenarios/guide.yaml']).toContain('name: guide');
  expect(Object.keys(input).every((path) => path.startsWith('scenarios/'))).toBe(true);
});

test('runs wait for a place on Fargate, on spare capacity by choice', () => {
  const places = (stack: typeof benchmark) => stack.resource('aws_batch_compute_environment');

  expect(places(benchmark)).toMatchObject({
    type: 'MANAGED',
    compute_resources: { type: 'FARGATE', max_vcpus: 32 },
    lifecycle: { create_before_destroy: true },
    name_prefix: 'loadlab-test-loadtest-generators-',
  });
  expect(places(maximal)).toMatchObject({ compute_resources: { type: 'FARGATE_SPOT', max_vcpus: 128 } });
  // With one it could be deleted too early.
  expect(places(benchmark)).not.toHaveProperty('service_role');
});

test('a run that finds no place is given up, and one that hangs is ended', () => {
  expect(benchmark.resource('aws_batch_job_queue')).toMatchObject({
    job_state_time_limit_action: [{ state: 'RUNNABLE', action: 'CANCEL', max_time_seconds: 900 }],
  });
  expect(benchmark.resource('aws_batch_job_definition')).toMatchObject({
    timeout: { attempt_duration_seconds: 7200 },
    retry_strategy: { attempts: 1 },
  });
});

test('a submission says the scenario and the rounds; the array size is not fixed', () => {
  expect(benchmark.resource('aws_batch_job_definition')).toMatchObject({
    platform_capabilities: ['FARGATE'],
    parameters: { scenario: 'smoke', rounds: '1' },
  });
  expect(properties(benchmark)).toMatchObject({
    command: [
      'node',
      expect.stringMatching(/^\/mnt\/app\/[0-9a-f]{64}\/src\/job\/main\.js$/) as string,
      'Ref::scenario',
      '--rounds',
      'Ref::rounds',
    ],
    resourceRequirements: [
      { type: 'VCPU', value: '2' },
      { type: 'MEMORY', value: '4096' },
    ],
  });
});

test('a generator knows gateway, mock and bucket, and gets the key as a secret', () => {
  expect(properties(benchmark)).toMatchObject({
    environment: [
      { name: 'LOADLAB_DIRECT', value: '${data.terraform_remote_state.mock-openai.outputs.url}' },
      { name: 'LOADLAB_PROCESSES', value: '2' },
      { name: 'LOADLAB_RESULTS_BUCKET', value: '${aws_s3_bucket.results.bucket}' },
      { name: 'LOADLAB_TARGET', value: '${data.terraform_remote_state.proxy-service.outputs.internalUrl}' },
    ],
    secrets: [
      {
        name: 'LOADLAB_API_KEY',
        valueFrom: '${data.terraform_remote_state.proxy-service.outputs.masterKeySecretArn}',
      },
    ],
  });
});

test('without a mock there are no rounds past the gateway', () => {
  expect(JSON.stringify(properties(minimal))).not.toContain('LOADLAB_DIRECT');
});

test('the published generator is mounted read-only, with TLS and the role of the job', () => {
  expect(properties(benchmark)).toMatchObject({
    mountPoints: [{ sourceVolume: 'app', containerPath: '/mnt/app', readOnly: true }],
    volumes: [
      {
        name: 'app',
        efsVolumeConfiguration: { transitEncryption: 'ENABLED', authorizationConfig: { iam: 'ENABLED' } },
      },
    ],
    networkConfiguration: { assignPublicIp: 'DISABLED' },
  });
});

test('a generator may write results and nothing else', () => {
  const { policy } = benchmark.resources('aws_iam_role_policy')['generator_job-role_write-results'] ?? {};

  expect(JSON.parse(String(policy))).toMatchObject({
    Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: '${aws_s3_bucket.results.arn}/runs/*' }],
  });
});

describe('with a key of one’s own', () => {
  const key = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const stack = loadtestStack({ kmsKeyArn: key });
  const granted = (policy: string): unknown =>
    JSON.parse(String(stack.resources('aws_iam_role_policy')[policy]?.policy)) as unknown;
  const through = (service: string) => ({ StringEquals: { 'kms:ViaService': `${service}.us-east-1.amazonaws.com` } });

  test('results are encrypted with it, and a generator may write them', () => {
    expect(stack.resource('aws_s3_bucket_server_side_encryption_configuration').rule).toEqual([
      {
        apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: key },
        bucket_key_enabled: true,
      },
    ]);
    expect(granted('generator_job-role_write-results')).toMatchObject({
      Statement: [{}, { Action: ['kms:GenerateDataKey', 'kms:Decrypt'], Resource: key, Condition: through('s3') }],
    });
  });

  test('ECS may decrypt the gateway’s key for a generator', () => {
    expect(granted('generator_execution-role_own-key')).toMatchObject({
      Statement: [{ Action: 'kms:Decrypt', Resource: key, Condition: through('secretsmanager') }],
    });
  });

  test('logs are encrypted with it', () => {
    const groups = Object.values(stack.resources('aws_cloudwatch_log_group'));

    expect(new Set(groups.map(({ kms_key_id: id }) => id))).toEqual(new Set([key]));
  });
});

test('results are encrypted, for TLS only, closed to the public, and gone after a quarter', () => {
  expect(benchmark.resource('aws_s3_bucket_server_side_encryption_configuration')).toMatchObject({
    rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }],
  });
  expect(String(benchmark.resource('aws_s3_bucket_policy').policy)).toContain('"aws:SecureTransport":"false"');
  expect(benchmark.resource('aws_s3_bucket_public_access_block')).toMatchObject({ restrict_public_buckets: true });
  expect(benchmark.resource('aws_s3_bucket_lifecycle_configuration')).toMatchObject({
    rule: [{ status: 'Enabled', expiration: [{ days: 90 }] }],
  });
});

test.each([
  ['inside the VPC', {}, '${data.terraform_remote_state.network.outputs.vpcCidr}', 80],
  ['inside the VPC, with HTTPS', { https: HTTPS }, '${data.terraform_remote_state.network.outputs.vpcCidr}', 443],
  ['both ways', { loadBalancer: 'both', https: HTTPS }, '${data.terraform_remote_state.network.outputs.vpcCidr}', 80],
  [
    'on the internet only',
    { loadBalancer: 'public', plaintext: true, allowedCidrs: ['198.51.100.0/24'] },
    '0.0.0.0/0',
    80,
  ],
] satisfies [string, EnvironmentInput['proxy'], string, number][])(
  'reaches a gateway that is %s',
  (_where, proxy, cidr, port) => {
    expect(rules(loadtestStack({ proxy }), 'aws_vpc_security_group_egress_rule')).toContainEqual(
      expect.objectContaining({ security_group_id: generators, cidr_ipv4: cidr, from_port: port, to_port: port }),
    );
  },
);

test('opens the way to the mock itself', () => {
  expect(rules(benchmark, 'aws_vpc_security_group_ingress_rule')).toContainEqual(
    expect.objectContaining({
      security_group_id: '${data.terraform_remote_state.mock-openai.outputs.securityGroupId}',
      referenced_security_group_id: generators,
    }),
  );
});

test('is not wanted where the environment says none', () => {
  expect(LoadtestStack.isWanted(testEnvironment({ loadGenerator: 'none' }))).toBe(false);
  expect(LoadtestStack.isWanted(testEnvironment())).toBe(true);
});

// Another address is another resource: results would be destroyed.
test('what holds something keeps its address', () => {
  expect(benchmark.addresses.filter((address) => /efs_file_system\.|s3_bucket\.|job_queue/.test(address))).toEqual([
    'aws_batch_job_queue.queue',
    'aws_efs_file_system.app_file-system',
    'aws_s3_bucket.results',
  ]);
});
