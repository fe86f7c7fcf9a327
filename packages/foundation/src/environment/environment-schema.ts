import { z } from 'zod';
import { duration } from '../units/units';

const zoneCount = z.number().int().min(2).max(3);
const arn = z.string().regex(/^arn:aws[\w-]*:/, { error: 'must be an ARN (arn:aws:…)' });
const cidr = z.cidrv4({ error: 'must be an IPv4 range such as 10.40.0.0/16' });
const identifier = (what: string, pattern: RegExp, example: string) =>
  z.string().regex(pattern, { error: `must be ${what} such as ${example}` });

const tagName = z.string().min(1).max(128);

const backend = z
  .strictObject({
    s3: z
      .strictObject({
        bucket: identifier(
          'a bucket name (3-63 of a-z, 0-9, dot, dash)',
          /^(?!xn--)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
          'loadlab-state-123456789012',
        ),
        region: z.string(),
        kmsKeyId: z.string().exactOptional(),
        roleArn: arn.exactOptional(),
        endpoint: z.url().exactOptional(),
        usePathStyle: z.boolean().exactOptional(),
      })
      .exactOptional(),
    pg: z.strictObject({}).exactOptional(),
    gcs: z.strictObject({ bucket: z.string(), kmsEncryptionKey: z.string().exactOptional() }).exactOptional(),
    azurerm: z
      .strictObject({ resourceGroupName: z.string(), storageAccountName: z.string(), containerName: z.string() })
      .exactOptional(),
    http: z.strictObject({ address: z.url() }).exactOptional(),
    local: z.strictObject({ directory: z.string().default('.terraform-state') }).exactOptional(),
  })
  .refine((value) => Object.keys(value).length === 1, {
    error: 'exactly one of s3, pg, gcs, azurerm, http, local must be given',
  });

const network = z.union([
  z.strictObject({
    cidr: cidr.default('10.40.0.0/16'),
    availabilityZones: zoneCount.default(2),
    nat: z.enum(['single', 'perZone', 'none']).default('single'),
    interfaceEndpoints: z.boolean().default(false),
    flowLogs: z.enum(['none', 'reject', 'all']).default('reject'),
  }),
  z.strictObject({
    existing: z.strictObject({
      vpcId: identifier('a VPC id', /^vpc-[0-9a-f]{8,17}$/, 'vpc-0123456789abcdef0'),
      publicSubnetIds: z.array(z.string()).default([]),
      privateSubnetIds: z.array(z.string()).min(2),
      dataSubnetIds: z.array(z.string()).default([]),
    }),
  }),
]);

const database = z.union([
  z.literal('none'),
  z.strictObject({
    engineVersion: z.string().default('16'),
    instanceClass: identifier('an RDS instance class', /^db\.[a-z0-9]+\.[a-z0-9]+$/, 'db.m7g.large').default(
      'db.m7g.large',
    ),
    storageGb: z.number().int().min(20).max(65536).default(50),
    multiAz: z.boolean().exactOptional(),
  }),
  z.strictObject({
    existing: z.strictObject({
      host: z.string().min(1),
      port: z.number().int().min(1).max(65535).default(5432),
      name: z.string().min(1),
      username: z.string().min(1).default('litellm'),
      passwordSecretArn: arn,
      /** What the server allows, for the connection budget. */
      maxConnections: z.number().int().min(10).default(100),
      securityGroupId: identifier('a security group id', /^sg-[0-9a-f]{8,17}$/, 'sg-0123456789abcdef0'),
    }),
  }),
]);

const variableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'must be a variable name (letters, digits, _)' });

const proxy = z.strictObject({
  image: z.string().min(1).default('ghcr.io/berriai/litellm:v1.108.7'),
  tasks: z.number().int().min(1).max(1000).default(4),
  cpu: z.number().positive().default(4),
  memoryGb: z.number().positive().default(8),
  workersPerTask: z.number().int().min(1).default(4),
  config: z.string().min(1).default('./config.yaml'),
  storeModelInDb: z.boolean().exactOptional(),
  loadBalancer: z.enum(['internal', 'public', 'both']).default('internal'),
  https: z.strictObject({ certificateArn: arn, domain: z.string().min(1) }).exactOptional(),
  plaintext: z.boolean().default(false),
  allowedCidrs: z.array(cidr).default([]),
  environment: z.record(variableName, z.string()).default({}),
  secrets: z.record(variableName, arn).default({}),
  autoscaling: z
    .union([
      z.literal('none'),
      z.strictObject({
        minTasks: z.number().int().min(1),
        maxTasks: z.number().int().min(1).max(1000),
        targetCpuPercent: z.number().min(10).max(95).default(60),
      }),
    ])
    .default('none'),
});

const mockOpenai = z.union([
  z.literal('none'),
  z.strictObject({
    tasks: z.number().int().min(1).max(100).default(2),
    cpu: z.number().positive().default(1),
    memoryGb: z.number().positive().default(2),
    latency: duration().prefault('100ms'),
  }),
]);

const loadGenerator = z.union([
  z.literal('none'),
  z.strictObject({
    cpu: z.number().positive().default(2),
    memoryGb: z.number().positive().default(4),
    maxTasks: z.number().int().min(1).max(1000).default(16),
    spot: z.boolean().default(false),
  }),
]);

const environmentFile = z.strictObject({
  namespace: identifier(
    '2 to 20 of a-z, 0-9 and dash, starting with a letter,',
    /^[a-z](?:[a-z0-9-]{0,18}[a-z0-9])$/,
    'loadlab',
  ),
  region: z.string(),
  accountId: z
    .string()
    .regex(/^\d{12}$/, { error: 'must be the 12 digits of an account, in quotes' })
    .exactOptional(),
  assumeRoleArn: arn.exactOptional(),
  permissionsBoundaryArn: arn.exactOptional(),
  owner: z.string().min(1).max(128).default('unknown'),
  expiresAt: z.iso
    .datetime({ offset: true, error: 'must be an absolute time such as 2026-11-24T18:00:00Z' })
    .exactOptional(),
  tags: z.record(tagName, z.string().max(256)).default({}),
  backend,
  network: network.prefault({}),
  database: database.prefault({}),
  proxy: proxy.prefault({}),
  mockOpenai: mockOpenai.prefault({}),
  loadGenerator: loadGenerator.prefault({}),
  profile: z.enum(['benchmark', 'production']).default('benchmark'),
});

/** environments/<name>/environment.yaml as people write it. What spans fields is judged by `checkEnvironment`. */
export const environmentSchema = environmentFile.transform(resolveDefaults);

/**
 * An environment as the file says it, defaults filled in, also those that depend on other fields:
 * durations in seconds, sizes in GB, CPU in vCPU.
 */
export type EnvironmentFile = z.output<typeof environmentSchema>;

/** Defaults that depend on other fields: the profile decides on a standby database, the database on stored models. */
function resolveDefaults(file: z.output<typeof environmentFile>) {
  return {
    ...file,
    database:
      file.database === 'none' || 'existing' in file.database
        ? file.database
        : { ...file.database, multiAz: file.database.multiAz ?? file.profile === 'production' },
    proxy: { ...file.proxy, storeModelInDb: file.proxy.storeModelInDb ?? file.database !== 'none' },
  };
}
