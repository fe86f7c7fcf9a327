import { z } from 'zod';
import { duration } from '../../units/units';
import { backendSchema } from './backend-schema';
import { databaseSchema } from './database-schema';
import { networkSchema } from './network-schema';
import { proxySchema } from './proxy-schema';
import { arn, cpu, image, kmsKeyArn, memoryGb, text } from './words';

/** Letters that AWS allows in every service's tags. */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const tagText = (what: string, longest: number) =>
  z
    .string({ error: `must be ${what}, in quotes` })
    .max(longest)
    .regex(TAG_TEXT, { error: `must be ${what} of letters, digits, spaces and _ . : / = + - @` });

const mockOpenai = z.union([
  z.literal('none'),
  z.strictObject({
    image: image.exactOptional().describe('A Node.js image; a public one when absent'),
    tasks: z.number().int().min(1).max(100).default(2),
    cpu: cpu.default(1),
    memoryGb: memoryGb.default(2),
    latency: duration()
      .refine((seconds) => seconds <= 600, { error: 'may be at most 10m' })
      .prefault('100ms')
      .describe('Median time to an answer'),
  }),
]);

const loadGenerator = z.union([
  z.literal('none'),
  z.strictObject({
    image: image.exactOptional().describe('A Node.js image; a public one when absent'),
    cpu: cpu.default(2),
    memoryGb: memoryGb.default(4),
    maxTasks: z.number().int().min(1).max(1000).default(16),
    spot: z.boolean().default(false).describe('Cheaper, and may be taken away in the middle of a run'),
  }),
]);

const environmentFile = z.strictObject({
  namespace: text(
    '2 to 20 small letters, digits and single dashes, starting with a letter, such as loadlab',
    /^(?=.{2,20}$)[a-z](?:[a-z0-9]|-(?=[a-z0-9]))+$/,
  ).describe('Prefix of names and of state keys'),
  region: z.string({ error: 'must be a region such as us-east-1' }).describe('Where everything is made'),
  accountId: text('the 12 digits of an account, in quotes', /^\d{12}$/)
    .exactOptional()
    .describe('Any other account is refused'),
  assumeRoleArn: arn('iam', 'role/', 'an IAM role', 'arn:aws:iam::123456789012:role/deployer')
    .exactOptional()
    .describe('Role to deploy with'),
  permissionsBoundaryArn: arn('iam', 'policy/', 'an IAM policy', 'arn:aws:iam::123456789012:policy/boundary')
    .exactOptional()
    .describe('Put on every role'),
  kmsKeyArn: kmsKeyArn.exactOptional().describe("Encrypts logs, secrets and data; AWS's own keys when absent"),
  owner: tagText('a name', 128).min(1).default('unknown').describe('Tag on everything'),
  expiresAt: z.iso
    .datetime({
      offset: true,
      error: 'must be an absolute time with its zone such as 2026-11-24T18:00:00Z',
    })
    .exactOptional()
    .describe('Tag on everything: when it may be taken down'),
  tags: z.record(tagText('a tag', 128).min(1), tagText('a text', 256)).default({}).describe('More tags on everything'),
  backend: backendSchema,
  network: networkSchema.prefault({}),
  database: databaseSchema.prefault({}),
  proxy: proxySchema.prefault({}),
  mockOpenai: mockOpenai.prefault({}),
  loadGenerator: loadGenerator.prefault({}),
  profile: z
    .enum(['benchmark', 'production'])
    .default('benchmark')
    .describe('Protections, retention and a standby database; what is said elsewhere still wins'),
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
