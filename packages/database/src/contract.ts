import { defineContract } from '@loadlab/foundation';
import { z } from 'zod';

/** What others may read of the database. Absent, with its stack, where the environment says `database: none`. */
export const databaseContract = defineContract(
  'database',
  z.object({
    host: z.string().min(1).describe('DNS name of the server'),
    port: z.number().int().describe('TCP port of the server'),
    name: z.string().min(1).describe('Name of the database'),
    username: z.string().min(1).describe('The user that the password belongs to'),
    passwordSecretArn: z.string().startsWith('arn:').describe('Secret whose whole value is the password'),
    securityGroupId: z.string().startsWith('sg-').describe('Group of the server: whoever needs access adds a rule'),
    maxConnections: z.number().int().positive().describe('Connections that the server allows'),
  }),
);
