import { z } from 'zod';
import { arn, text } from './words';

const BACKENDS = ['s3', 'pg', 'gcs', 'azurerm', 'http', 'local'] as const;

const s3 = z
  .strictObject({
    bucket: text(
      'a bucket name: 3 to 63 small letters, digits, dots and dashes, such as loadlab-state-123456789012',
      /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)(?!.*(?:-s3alias|--ol-s3|\.mrap|--x-s3)$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    ),
    region: z.string({ error: 'must be a region such as us-east-1' }).describe("The bucket's region"),
    kmsKeyId: z.string().min(1).exactOptional().describe("KMS key of the states; the bucket's own default when absent"),
    roleArn: arn('iam', 'role/', 'an IAM role', 'arn:aws:iam::123456789012:role/state')
      .exactOptional()
      .describe('Role to assume for the states'),
    endpoint: z
      .url({ protocol: /^https?$/, error: 'must be an http(s) URL such as http://127.0.0.1:9000' })
      .exactOptional()
      .describe('A server that speaks S3 but is not AWS'),
    usePathStyle: z.boolean().exactOptional().describe('Put the bucket into the path, not the host name'),
  })
  .describe('The default: locked by a file beside the state, encrypted');

const pg = z
  .strictObject(
    {},
    {
      error: ({ code }) =>
        code === 'unrecognized_keys' ? 'has no place here: the connection is PG_CONN_STR' : undefined,
    },
  )
  .describe('PostgreSQL; the connection comes from PG_CONN_STR');

const gcs = z.strictObject({ bucket: z.string().min(3), kmsEncryptionKey: z.string().min(1).exactOptional() });

const azurerm = z.strictObject({
  resourceGroupName: z.string().min(1),
  storageAccountName: text("a storage account's name: 3 to 24 small letters and digits", /^[a-z0-9]{3,24}$/),
  containerName: text(
    "a container's name: 3 to 63 small letters, digits and dashes",
    /^[a-z0-9](?:[a-z0-9]|-(?!-)){1,61}[a-z0-9]$/,
  ),
});

const http = z.strictObject({
  address: z.url({ protocol: /^https?$/, error: 'must be an http(s) URL such as https://states.example.com' }),
});

const local = z
  .strictObject({
    directory: z.string().min(1).default('.terraform-state').describe('Relative to environment.yaml'),
  })
  .describe('A folder on this machine: for trying out');

/** Where the states of all stacks lie. */
export const backendSchema = z
  .strictObject(
    {
      s3: s3.exactOptional(),
      pg: pg.exactOptional(),
      gcs: gcs.exactOptional(),
      azurerm: azurerm.exactOptional(),
      http: http.exactOptional(),
      local: local.exactOptional(),
    },
    {
      error: ({ code }) =>
        code === 'invalid_type' ? `must be an object with one of ${BACKENDS.join(', ')}` : undefined,
    },
  )
  .refine((value) => Object.keys(value).length > 0, {
    error: `names no backend: one of ${BACKENDS.join(', ')}`,
    // A misspelt one has been named already.
    when: ({ issues }) => issues.length === 0,
  })
  .refine((value) => Object.keys(value).length < 2, {
    error: ({ input }) => `names ${Object.keys(input as object).join(' and ')}: a state has one place`,
  })
  .meta({ oneOf: BACKENDS.map((backend) => ({ required: [backend] })) });
