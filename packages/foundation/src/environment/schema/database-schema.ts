import { z } from 'zod';
import { secretArn, text } from './words';

const existing = z.strictObject(
  {
    existing: z
      .strictObject({
        host: text(
          'a host name such as db.example.internal, without scheme, port or user',
          /^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/,
        ),
        port: z.number().int().min(1).max(65535).default(5432),
        name: z.string().min(1).describe('Name of the database'),
        username: z.string().min(1).default('litellm'),
        passwordSecretArn: secretArn.describe('Secret whose whole value is the password'),
        maxConnections: z.number().int().min(10).default(100).describe('What the server allows'),
        securityGroupId: text('a security group id such as sg-0123456789abcdef0', /^sg-[0-9a-f]{8,17}$/),
      })
      .describe('A PostgreSQL that somebody else runs'),
  },
  {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? 'has no meaning beside existing: that database is as it is' : undefined,
  },
);

const managed = z.strictObject({
  engineVersion: z
    .string({ error: 'must be a major version in quotes such as "16"' })
    .default('16')
    .describe('Major version of PostgreSQL; minor ones come by themselves'),
  instanceClass: text('an RDS instance class such as db.m7g.large', /^db\.[a-z0-9]+\.[a-z0-9]+$/).default(
    'db.m7g.large',
  ),
  storageGb: z.number().int().min(20).max(65536).default(50).describe('gp3'),
  multiAz: z.boolean().exactOptional().describe('A standby in another zone; default: in profile production'),
  passwordVersion: z.number().int().min(1).default(1).describe('One more makes a new password'),
});

/** PostgreSQL for LiteLLM: made by us, somebody else's, or none. */
export const databaseSchema = z.union([z.literal('none'), existing, managed]);
