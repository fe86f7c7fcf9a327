import { createHash } from 'node:crypto';
import { PublishedFiles, FargateTask, type PublishedFilesProps } from '../src';
import { container, network, stackWith, statementsOf } from './test-stack';

const CONFIG = 'model_list:\n  - model_name: fake\n';
const SHA256 = createHash('sha256').update(CONFIG).digest('hex');

const published = (files: PublishedFilesProps['files'] = { 'config.yaml': CONFIG }, withReader = false) =>
  stackWith((stack) => {
    const config = new PublishedFiles(stack, 'config', { network, name: 'config', files });
    if (!withReader) return;
    new FargateTask(stack, 'task', {
      network,
      name: 'web',
      containers: [container({ mountPoints: [config.mountPoint('config')] })],
      cpu: 1,
      memoryGb: 2,
      files: { config },
    });
  });

test('the path is known when the stack is synthesized: the hash of the content', () => {
  const paths: string[] = [];
  stackWith((stack) => {
    const config = new PublishedFiles(stack, 'config', { network, name: 'config', files: { 'config.yaml': CONFIG } });
    paths.push(config.path, config.file('config.yaml'));
    expect(() => config.file('typo.yaml')).toThrow('"typo.yaml" is not among config.yaml');
  });

  expect(paths).toEqual([`/mnt/config/${SHA256}`, `/mnt/config/${SHA256}/config.yaml`]);
});

test('an apply fails when something else was published', () => {
  expect(published().resource('aws_lambda_invocation')).toMatchObject({
    lifecycle: { postcondition: [{ condition: `\${jsondecode(self.result).path == "/${SHA256}"}` }] },
    lifecycle_scope: 'CREATE_ONLY',
  });
});

test('is published again when the content, the code or the file system changes', () => {
  const triggers = (stack: ReturnType<typeof published>) =>
    stack.resource('aws_lambda_invocation').triggers as Record<string, string>;
  const [one, other] = [triggers(published()), triggers(published({ 'config.yaml': `${CONFIG}#` }))];

  expect(one).toMatchObject({ content: SHA256, fileSystem: '${aws_efs_file_system.config_file-system.id}' });
  expect(one.content).not.toBe(other.content);
  expect(one.code).not.toBe(other.code);
});

test('the files travel in the function, not in what Terraform remembers of a call', () => {
  expect(published().resource('aws_lambda_invocation').input).toBe(
    '{"step":"publishFiles","functionName":"${aws_lambda_function.config_publisher.function_name}"}',
  );
});

test('a plan shows text, safe from Terraform’s own syntax, and no bytes', () => {
  const stack = published({ 'config.yaml': 'a: ${b}\n', 'main.js': Uint8Array.of(1, 2, 3) });

  expect(stack.resource('terraform_data')).toEqual({ input: { 'config.yaml': 'a: $${b}\n' } });
  expect(published({ 'main.js': Uint8Array.of(1) }).resources('terraform_data')).toEqual({});
});

test('the file system is encrypted, pays by use, and has no backups to outlive it', () => {
  const stack = published();

  expect(stack.resource('aws_efs_file_system')).toMatchObject({ encrypted: true, throughput_mode: 'elastic' });
  expect(stack.resource('aws_efs_backup_policy')).toMatchObject({ backup_policy: { status: 'DISABLED' } });
  expect(Object.keys(stack.resources('aws_efs_mount_target'))).toHaveLength(2);
});

test('writer and reader see the same folder; whoever comes first makes it', () => {
  expect(published().resources('aws_efs_access_point')).toMatchObject({
    'config_file-system_writer': { posix_user: { uid: 1000, gid: 1000 } },
    'config_file-system_reader': { posix_user: { uid: 65534, gid: 65534 } },
  });
  for (const { root_directory: root } of Object.values(published().resources('aws_efs_access_point'))) {
    expect(root).toEqual({
      path: '/published',
      creation_info: { owner_uid: 1000, owner_gid: 1000, permissions: '0755' },
    });
  }
});

test('NFS is open between exactly those who need it, and the file system opens nothing itself', () => {
  const stack = published(undefined, true);
  const rules = (type: string) => Object.values(stack.resources(type)).filter(({ from_port: port }) => port === 2049);
  const fileSystem = '${aws_security_group.config_file-system_security-group.id}';

  expect(rules('aws_vpc_security_group_ingress_rule')).toMatchObject([
    {
      security_group_id: fileSystem,
      referenced_security_group_id: '${aws_security_group.config_publisher-security-group.id}',
    },
    {
      security_group_id: fileSystem,
      referenced_security_group_id: '${aws_security_group.task_security-group.id}',
    },
  ]);
  const outgoing = Object.values(stack.resources('aws_vpc_security_group_egress_rule'));
  expect(outgoing.map((rule) => rule.security_group_id)).not.toContain(fileSystem);
});

describe('the policy of the file system', () => {
  const statements = statementsOf(published(undefined, true).resource('aws_efs_file_system_policy'));
  const statement = (sid: string) => statements.find(({ Sid }) => Sid === sid);
  const writer = '${aws_efs_access_point.config_file-system_writer.arn}';
  const reader = '${aws_efs_access_point.config_file-system_reader.arn}';

  test('lets the publisher write through its access point', () => {
    expect(statement('PublisherWrites')).toMatchObject({
      Effect: 'Allow',
      Principal: { AWS: '${aws_iam_role.config_publisher_role.arn}' },
      Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
      Condition: {
        ArnEquals: { 'elasticfilesystem:AccessPointArn': writer },
        Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' },
      },
    });
  });

  test('lets the tasks read through theirs', () => {
    expect(statement('TasksRead')).toMatchObject({
      Effect: 'Allow',
      Principal: { AWS: ['${aws_iam_role.task_task-role.arn}'] },
      Action: 'elasticfilesystem:ClientMount',
      Condition: { ArnEquals: { 'elasticfilesystem:AccessPointArn': reader } },
    });
  });

  test.each([
    ['OnlyThePublisherWrites', 'elasticfilesystem:ClientWrite'],
    ['NobodyIsRoot', 'elasticfilesystem:ClientRootAccess'],
    ['NoOtherWayIn', 'elasticfilesystem:Client*'],
    ['TlsOnly', 'elasticfilesystem:Client*'],
  ])('denies to everybody: %s', (sid, action) => {
    expect(statement(sid)).toMatchObject({ Effect: 'Deny', Principal: '*', Action: action });
  });

  test('allows nothing to anybody else', () => {
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow').map(({ Sid }) => Sid);

    expect(allowed).toEqual(['PublisherWrites', 'TasksRead']);
  });

  test('is in force before the publisher is called', () => {
    expect(published().resource('aws_lambda_invocation').depends_on).toContain(
      'aws_efs_file_system_policy.config_policy',
    );
  });
});

test('a changed config and a changed image are both to be read in one plan', () => {
  const plan = (config: string, image: string) => {
    const stack = stackWith((scope) => {
      const files = new PublishedFiles(scope, 'config', { network, name: 'config', files: { 'config.yaml': config } });
      new FargateTask(scope, 'task', {
        network,
        name: 'web',
        containers: [container({ image, mountPoints: [files.mountPoint('config')], command: [files.path] })],
        cpu: 1,
        memoryGb: 2,
        files: { config: files },
      });
    });
    const definition = String(stack.resource('aws_ecs_task_definition').container_definitions);
    return [stack.resource('terraform_data').input, JSON.parse(definition)] as const;
  };

  expect(plan('a: 1\n', 'web:1')).toMatchObject([{ 'config.yaml': 'a: 1\n' }, [{ image: 'web:1' }]]);
  expect(plan('a: 2\n', 'web:2')).toMatchObject([{ 'config.yaml': 'a: 2\n' }, [{ image: 'web:2' }]]);
});

test('the network gets time to take the functions’ interfaces back', () => {
  for (const group of Object.values(published().resources('aws_security_group'))) {
    expect(group).toMatchObject({ timeouts: { delete: '60m' } });
  }
});
