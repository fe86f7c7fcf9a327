import { GetObjectCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { InputError } from '@loadlab/foundation';
import { formatConfigSource, type ConfigSource } from './config-source';

/** Where config.yaml files are fetched from. */
export interface ConfigStore {
  /** @throws {InputError} when it is not there, not readable, or no text */
  read(source: ConfigSource): Promise<string>;
}

/** How to reach AWS. */
export interface AwsAccess {
  readonly region: string;
  /** @default - AWS's own */
  readonly endpoint?: string;
  /** @default - what the AWS SDK finds: variables, profile, role */
  readonly credentials?: NonNullable<S3ClientConfig['credentials']>;
}

/** As `readText` allows for a file on disk. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Parameter Store and S3. */
export function awsConfigStore({ region, endpoint, credentials }: AwsAccess): ConfigStore {
  const access = {
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  };
  return {
    async read(source) {
      const name = formatConfigSource(source);
      try {
        const text =
          source.kind === 'ssm'
            ? await readParameter(new SSMClient(access), source.name)
            : // A bucket knows its region better than the environment does.
              await readObject(
                new S3Client({ ...access, followRegionRedirects: true, forcePathStyle: endpoint !== undefined }),
                source,
                name,
              );
        if (text === undefined) throw fail(name, 'holds no text');
        return text;
      } catch (error) {
        throw error instanceof InputError ? error : explained(name, error, region);
      }
    },
  };
}

async function readParameter(client: SSMClient, name: string): Promise<string | undefined> {
  const { Parameter } = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
  return Parameter?.Value;
}

async function readObject(
  client: S3Client,
  { bucket, key }: { readonly bucket: string; readonly key: string },
  name: string,
): Promise<string | undefined> {
  const { Body, ContentLength = 0 } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  if (ContentLength > MAX_BYTES) {
    throw fail(name, `has ${Math.ceil(ContentLength / 1024 ** 2)} MiB`, `at most ${MAX_BYTES / 1024 ** 2} MiB`);
  }
  return Body?.transformToString('utf-8');
}

const REASONS: Readonly<Record<string, { readonly message: string; readonly hint: string }>> = {
  ParameterNotFound: { message: 'no such parameter', hint: 'name, region and account have to match' },
  NoSuchKey: { message: 'no such object', hint: 'keys are case-sensitive, and have no slash in front' },
  NoSuchBucket: { message: 'no such bucket', hint: 'buckets are named without their region' },
  AccessDenied: { message: 'may not be read with these credentials', hint: 's3:GetObject, and kms:Decrypt of its key' },
  AccessDeniedException: {
    message: 'may not be read with these credentials',
    hint: 'ssm:GetParameter, and kms:Decrypt of its key',
  },
  CredentialsProviderError: {
    message: 'cannot be read: no AWS credentials',
    hint: 'set AWS_PROFILE, or log in with `aws sso login`',
  },
  ExpiredTokenException: { message: 'cannot be read: the credentials have expired', hint: 'log in again' },
  ExpiredToken: { message: 'cannot be read: the credentials have expired', hint: 'log in again' },
};

function explained(name: string, error: unknown, region: string): InputError {
  if (!(error instanceof Error)) return fail(name, `cannot be read: ${String(error)}`);
  const reason = REASONS[error.name];
  if (reason !== undefined) return fail(name, `${reason.message} (${region})`, reason.hint);
  return fail(name, `cannot be read: ${error.name}: ${error.message}`, 'is AWS reachable from here?');
}

function fail(file: string, message: string, hint?: string): InputError {
  return new InputError([{ file, path: '', message, ...(hint === undefined ? {} : { hint }) }]);
}
