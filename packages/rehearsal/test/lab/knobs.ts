import type { Knob } from './knob';
import { existingDatabase, existingNetwork, GIVEN_SECRET } from './somebody-elses';

/** One knob of the environment, and what turning it does. */
export interface KnobCase {
  readonly name: string;
  readonly turned: Knob;
  /**
   * Lines such as `proxy-service ~ aws_ecs_service`; or `tags`: what has tags changes in place, and nothing else; or AWS refuses it, in
   * these words.
   */
  readonly does: readonly string[] | 'tags' | { readonly refused: string };
  /**
   * What comes of turning it back: everything is as before; or AWS refuses, in these words; or AWS keeps something, by design.
   * @default - as before
   */
  readonly back?: { readonly refused: string } | 'different';
}

/** Another revision of the gateway's task, which rolls out and is awaited. */
const ROLLOUT = [
  'proxy-service -/+ aws_ecs_task_definition',
  'proxy-service -/+ aws_lambda_invocation',
  'proxy-service ~ aws_ecs_service',
];
/** And its execution role may read what it is given. */
const WITH_SECRETS = [...ROLLOUT, 'proxy-service ~ aws_iam_role_policy'];
const MOCK_ROLLOUT = ['mock-openai -/+ aws_ecs_task_definition', 'mock-openai ~ aws_ecs_service'];
const NODE_22 = 'public.ecr.aws/docker/library/node:22-bookworm-slim';
const CERTIFIED = {
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
  domain: 'llm.example.com',
};
const PUBLIC_ENTRY = [
  'proxy-service + aws_lb',
  'proxy-service + aws_lb_listener',
  'proxy-service + aws_lb_target_group',
  'proxy-service + aws_security_group',
  'proxy-service + aws_vpc_security_group_egress_rule',
  'proxy-service + aws_vpc_security_group_ingress_rule x2',
  'proxy-service ~ aws_ecs_service',
];

/** Every knob that the stacks honour, from one end to the other, and what the real provider would do for it. */
export const knobs: readonly KnobCase[] = [
  { name: 'owner', turned: { owner: 'somebody else' }, does: 'tags' },
  { name: 'expiresAt', turned: { expiresAt: '2026-12-24T18:00:00Z' }, does: 'tags' },
  { name: 'tags', turned: { tags: { team: 'platform' } }, does: 'tags' },
  { name: 'accountId', turned: { accountId: '123456789012' }, does: [] },
  { name: 'assumeRoleArn', turned: { assumeRoleArn: 'arn:aws:iam::123456789012:role/deployer' }, does: [] },
  {
    name: 'permissionsBoundaryArn',
    turned: { permissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/boundary' },
    does: [
      'database ~ aws_iam_role',
      'loadtest ~ aws_iam_role x4',
      'mock-openai ~ aws_iam_role x4',
      'network ~ aws_iam_role',
      'proxy-service ~ aws_iam_role x7',
    ],
  },
  {
    name: 'kmsKeyArn',
    turned: {
      kmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    },
    // What lies encrypted is made anew under another key: the database and the file systems.
    does: [
      'database -/+ aws_db_instance',
      'database ~ aws_cloudwatch_log_group x2',
      'database ~ aws_secretsmanager_secret',
      'loadtest + aws_iam_role_policy',
      'loadtest -/+ aws_efs_access_point x2',
      'loadtest -/+ aws_efs_backup_policy',
      'loadtest -/+ aws_efs_file_system',
      'loadtest -/+ aws_efs_file_system_policy',
      'loadtest -/+ aws_efs_mount_target x2',
      'loadtest -/+ aws_lambda_invocation',
      'loadtest ~ aws_batch_job_definition',
      'loadtest ~ aws_cloudwatch_log_group x3',
      'loadtest ~ aws_iam_role_policy x3',
      'loadtest ~ aws_lambda_function',
      'loadtest ~ aws_s3_bucket_server_side_encryption_configuration',
      'mock-openai -/+ aws_ecs_task_definition',
      'mock-openai -/+ aws_efs_access_point x2',
      'mock-openai -/+ aws_efs_backup_policy',
      'mock-openai -/+ aws_efs_file_system',
      'mock-openai -/+ aws_efs_file_system_policy',
      'mock-openai -/+ aws_efs_mount_target x2',
      'mock-openai -/+ aws_lambda_invocation',
      'mock-openai ~ aws_cloudwatch_log_group x3',
      'mock-openai ~ aws_ecs_service',
      'mock-openai ~ aws_iam_role_policy x2',
      'mock-openai ~ aws_lambda_function',
      'network ~ aws_cloudwatch_log_group',
      'proxy-service + aws_iam_role_policy x2',
      'proxy-service -/+ aws_ecs_task_definition x2',
      'proxy-service -/+ aws_efs_access_point x2',
      'proxy-service -/+ aws_efs_backup_policy',
      'proxy-service -/+ aws_efs_file_system',
      'proxy-service -/+ aws_efs_file_system_policy',
      'proxy-service -/+ aws_efs_mount_target x2',
      'proxy-service -/+ aws_lambda_invocation x3',
      'proxy-service ~ aws_cloudwatch_log_group x5',
      'proxy-service ~ aws_ecs_service',
      'proxy-service ~ aws_iam_role_policy x3',
      'proxy-service ~ aws_lambda_function',
      'proxy-service ~ aws_secretsmanager_secret x2',
    ],
    // AWS does not go back to its own key for what is there.
    back: 'different',
  },
  // The ground on which everything stands cannot be taken away under it: destroy what stands there first.
  { name: 'network.cidr', turned: { network: { cidr: '10.50.0.0/16' } }, does: { refused: 'DependencyViolation' } },
  { name: 'network.existing', turned: { network: existingNetwork }, does: { refused: 'DependencyViolation' } },
  {
    name: 'network.nat: perZone',
    turned: { network: { nat: 'perZone' } },
    does: ['network + aws_eip', 'network + aws_nat_gateway', 'network ~ aws_route'],
  },
  {
    name: 'network.availabilityZones',
    turned: { network: { availabilityZones: 3 } },
    does: [
      'database ~ aws_db_subnet_group',
      'loadtest + aws_efs_mount_target',
      'loadtest ~ aws_batch_compute_environment',
      'loadtest ~ aws_lambda_function',
      'mock-openai + aws_efs_mount_target',
      'mock-openai ~ aws_ecs_service',
      'mock-openai ~ aws_lambda_function',
      'network + aws_route',
      'network + aws_route_table',
      'network + aws_route_table_association x3',
      'network + aws_subnet x3',
      'network ~ aws_vpc_endpoint',
      'proxy-service + aws_efs_mount_target',
      'proxy-service -/+ aws_lambda_invocation',
      'proxy-service ~ aws_ecs_service',
      'proxy-service ~ aws_lambda_function x2',
      'proxy-service ~ aws_lb',
    ],
    // A zone is left by those that live in it before the network can give it up.
    back: { refused: 'DependencyViolation' },
  },
  {
    name: 'network.interfaceEndpoints',
    turned: { network: { interfaceEndpoints: true } },
    does: [
      'network + aws_security_group',
      'network + aws_vpc_endpoint x5',
      'network + aws_vpc_security_group_ingress_rule',
    ],
  },
  {
    name: 'network.flowLogs: all',
    turned: { network: { flowLogs: 'all' } },
    does: ['network -/+ aws_flow_log'],
  },
  {
    name: 'network.flowLogs: none',
    turned: { network: { flowLogs: 'none' } },
    does: [
      'network - aws_cloudwatch_log_group',
      'network - aws_flow_log',
      'network - aws_iam_role',
      'network - aws_iam_role_policy',
    ],
  },
  {
    name: 'database.engineVersion',
    turned: { database: { engineVersion: '17' } },
    does: ['database -/+ aws_db_parameter_group', 'database ~ aws_db_instance'],
    back: { refused: 'Cannot upgrade postgres from 17.10 to 16' },
  },
  {
    name: 'database.instanceClass',
    turned: { database: { instanceClass: 'db.m7g.xlarge' } },
    does: ['database ~ aws_db_instance', 'database ~ aws_db_parameter_group'],
  },
  {
    name: 'database.storageGb',
    turned: { database: { storageGb: 100 } },
    does: ['database ~ aws_db_instance'],
    back: { refused: 'storage cannot be reduced' },
  },
  {
    name: 'database.multiAz',
    turned: { database: { multiAz: true } },
    does: ['database ~ aws_db_instance'],
  },
  {
    name: 'database.passwordVersion',
    turned: { database: { passwordVersion: 2 } },
    does: ['database -/+ aws_secretsmanager_secret_version', 'database ~ aws_db_instance'],
  },
  // The gateway's rules name the group of the database that goes.
  { name: 'database.existing', turned: { database: existingDatabase }, does: { refused: 'DependencyViolation' } },
  {
    name: 'proxy.image',
    turned: { proxy: { image: 'ghcr.io/berriai/litellm:v1.108.6' } },
    does: [
      // The database's migration is of an image, too.
      'proxy-service -/+ aws_ecs_task_definition x2',
      'proxy-service -/+ aws_lambda_invocation x2',
      'proxy-service ~ aws_ecs_service',
      'proxy-service ~ aws_iam_role_policy',
    ],
  },
  { name: 'proxy.tasks', turned: { proxy: { tasks: 3 } }, does: ['proxy-service ~ aws_ecs_service'] },
  { name: 'proxy.cpu', turned: { proxy: { cpu: 2, workersPerTask: 2 } }, does: ROLLOUT },
  { name: 'proxy.memoryGb', turned: { proxy: { memoryGb: 16 } }, does: ROLLOUT },
  { name: 'proxy.workersPerTask', turned: { proxy: { workersPerTask: 2 } }, does: ROLLOUT },
  { name: 'proxy.storeModelInDb', turned: { proxy: { storeModelInDb: false } }, does: ROLLOUT },
  { name: 'proxy.environment', turned: { proxy: { environment: { LITELLM_LOG: 'INFO' } } }, does: ROLLOUT },
  {
    name: 'proxy.loadBalancer: both',
    turned: { proxy: { loadBalancer: 'both', plaintext: true, allowedCidrs: ['203.0.113.0/24'] } },
    does: PUBLIC_ENTRY,
  },
  { name: 'proxy.secrets', turned: { proxy: { secrets: { UPSTREAM_KEY: GIVEN_SECRET } } }, does: WITH_SECRETS },
  {
    name: 'proxy.loadBalancer: public',
    turned: { proxy: { loadBalancer: 'public', https: CERTIFIED } },
    // Generators come over the internet, as everybody does.
    does: [
      'loadtest - aws_vpc_security_group_egress_rule',
      'loadtest ~ aws_batch_job_definition',
      'proxy-service + aws_lb',
      'proxy-service + aws_lb_listener x2',
      'proxy-service + aws_lb_target_group',
      'proxy-service + aws_security_group',
      'proxy-service + aws_vpc_security_group_egress_rule',
      'proxy-service + aws_vpc_security_group_ingress_rule x3',
      'proxy-service - aws_lb',
      'proxy-service - aws_lb_listener',
      'proxy-service - aws_lb_target_group',
      'proxy-service - aws_security_group',
      'proxy-service - aws_vpc_security_group_egress_rule',
      'proxy-service - aws_vpc_security_group_ingress_rule x2',
      'proxy-service ~ aws_ecs_service',
    ],
  },
  {
    name: 'proxy.https',
    turned: { proxy: { https: CERTIFIED } },
    does: [
      'loadtest ~ aws_batch_job_definition',
      'loadtest ~ aws_vpc_security_group_egress_rule',
      'proxy-service + aws_lb_listener',
      'proxy-service + aws_vpc_security_group_ingress_rule',
      // Port 80 leads to 443 from now on.
      'proxy-service ~ aws_lb_listener',
      'proxy-service ~ aws_vpc_security_group_ingress_rule',
    ],
  },
  {
    name: 'proxy.autoscaling',
    turned: { proxy: { autoscaling: { minTasks: 2, maxTasks: 6, targetCpuPercent: 60 } } },
    does: ['proxy-service + aws_appautoscaling_policy', 'proxy-service + aws_appautoscaling_target'],
  },
  { name: 'mockOpenai.tasks', turned: { mockOpenai: { tasks: 4 } }, does: ['mock-openai ~ aws_ecs_service'] },
  { name: 'mockOpenai.cpu and memoryGb', turned: { mockOpenai: { cpu: 2, memoryGb: 4 } }, does: MOCK_ROLLOUT },
  { name: 'mockOpenai.latency', turned: { mockOpenai: { latency: '200ms' } }, does: MOCK_ROLLOUT },
  { name: 'mockOpenai.image', turned: { mockOpenai: { image: NODE_22 } }, does: MOCK_ROLLOUT },
  {
    name: 'loadGenerator.cpu and memoryGb',
    turned: { loadGenerator: { cpu: 4, memoryGb: 8 } },
    does: ['loadtest ~ aws_batch_compute_environment', 'loadtest ~ aws_batch_job_definition'],
  },
  {
    name: 'loadGenerator.maxTasks',
    turned: { loadGenerator: { maxTasks: 32 } },
    does: ['loadtest ~ aws_batch_compute_environment'],
  },
  {
    name: 'loadGenerator.spot',
    turned: { loadGenerator: { spot: true } },
    does: ['loadtest ~ aws_batch_compute_environment'],
  },
  {
    name: 'loadGenerator.image',
    turned: { loadGenerator: { image: NODE_22 } },
    does: ['loadtest ~ aws_batch_job_definition'],
  },
  {
    name: 'profile',
    turned: { profile: 'production' },
    does: [
      'database + terraform_data',
      'database ~ aws_cloudwatch_log_group x2',
      'database ~ aws_db_instance',
      'database ~ aws_secretsmanager_secret',
      'loadtest ~ aws_cloudwatch_log_group x3',
      'loadtest ~ aws_s3_bucket',
      'mock-openai ~ aws_cloudwatch_log_group x3',
      'network ~ aws_cloudwatch_log_group',
      'proxy-service + aws_s3_bucket',
      'proxy-service + aws_s3_bucket_lifecycle_configuration',
      'proxy-service + aws_s3_bucket_ownership_controls',
      'proxy-service + aws_s3_bucket_policy',
      'proxy-service + aws_s3_bucket_public_access_block',
      'proxy-service + aws_s3_bucket_server_side_encryption_configuration',
      'proxy-service + aws_s3_bucket_versioning',
      'proxy-service ~ aws_cloudwatch_log_group x5',
      'proxy-service ~ aws_ecs_service',
      'proxy-service ~ aws_lb',
      'proxy-service ~ aws_secretsmanager_secret x2',
    ],
  },
  // The stack is no more, and what is left of it is destroyed from where it was synthesized last.
  { name: 'loadGenerator: none', turned: { loadGenerator: 'none' }, does: [] },
];
