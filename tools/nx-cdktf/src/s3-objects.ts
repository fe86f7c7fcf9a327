import type { S3Client } from '@aws-sdk/client-s3';
import { InputError, PLAN_TAG, type Environment } from '@loadlab/foundation';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';

/** An object in the bucket of the states. */
export interface StoredObject {
  readonly key: string;
  readonly modifiedAt: Date;
}

/** The bucket that an environment's states lie in. */
export interface StateObjects {
  readonly bucket: string;
  get(key: string): Promise<Uint8Array | undefined>;
  /** Writes an encrypted object. `once`: one that is there already stays; `isPlan`: the bucket forgets it after 30 days. */
  put(key: string, content: Uint8Array, how: { readonly once: boolean; readonly isPlan: boolean }): Promise<void>;
  list(prefix: string): Promise<readonly StoredObject[]>;
}

/**
 * The objects beside an environment's states, over AWS's SDK, encrypted as the states are.
 * @throws {InputError} where the states are not in S3
 */
export async function stateObjects({ backend, file }: Environment): Promise<StateObjects> {
  const { s3 } = backend;
  if (s3 === undefined)
    throw new InputError([
      {
        file,
        path: 'backend',
        message: `plans are kept for other jobs in S3 only; these states lie in ${Object.keys(backend).join(', ')}`,
        hint: 'plan and apply in the same folder, or keep the states in S3',
      },
    ]);
  // It takes long to load, and most commands need none of it.
  const { GetObjectCommand, paginateListObjectsV2, PutObjectCommand, S3ServiceException } =
    await import('@aws-sdk/client-s3');
  const client = await clientOf(s3);
  const Bucket = s3.bucket;
  const encryption =
    s3.kmsKeyId === undefined
      ? { ServerSideEncryption: 'AES256' as const }
      : { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: s3.kmsKeyId };
  const reach = async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw new InputError([
        {
          file: `s3://${Bucket}/${key}`,
          path: '',
          message: `cannot be reached: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`,
          hint: 'are there credentials that may read and write there? npx loadlab doctor --environment NAME looks',
        },
      ]);
    }
  };
  return {
    bucket: Bucket,
    get: (key) =>
      reach(key, async () => {
        try {
          return await (await client.send(new GetObjectCommand({ Bucket, Key: key }))).Body?.transformToByteArray();
        } catch (error) {
          if (error instanceof S3ServiceException && error.name === 'NoSuchKey') return undefined;
          throw error;
        }
      }),
    put: (key, content, { once, isPlan }) =>
      reach(key, async () => {
        const rest = {
          ...(once ? { IfNoneMatch: '*' } : {}),
          ...(isPlan ? { Tagging: `${PLAN_TAG.key}=${PLAN_TAG.value}` } : {}),
        };
        try {
          await client.send(new PutObjectCommand({ Bucket, Key: key, Body: content, ...encryption, ...rest }));
        } catch (error) {
          // 412: it is there already, under a name that says its content.
          if (!(error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412)) throw error;
        }
      }),
    list: (prefix) =>
      reach(prefix, async () => {
        const found: StoredObject[] = [];
        for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix: prefix }))
          for (const { Key: key = '', LastModified: modifiedAt = new Date(0) } of Contents)
            found.push({ key, modifiedAt });
        return found;
      }),
  };
}

async function clientOf({
  endpoint,
  usePathStyle,
  ...place
}: NonNullable<Environment['backend']['s3']>): Promise<S3Client> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  const { stateAccess } = await import('@loadlab/doctor/aws');
  return new S3Client({
    ...stateAccess(place),
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 5000, requestTimeout: 60_000, ...proxies(endpoint) },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(usePathStyle === undefined ? {} : { forcePathStyle: usePathStyle }),
  });
}

/** Terraform goes through the proxies of HTTP_PROXY and HTTPS_PROXY; AWS's SDK has to be told to. */
function proxies(endpoint = 'https://s3.amazonaws.com'): {
  httpAgent?: HttpProxyAgent<string>;
  httpsAgent?: HttpsProxyAgent<string>;
} {
  const { host } = new URL(endpoint);
  const [http, https] = ['http', 'https'].map((scheme) => getProxyForUrl(`${scheme}://${host}`));
  return {
    ...(http === undefined || http === '' ? {} : { httpAgent: new HttpProxyAgent(http) }),
    ...(https === undefined || https === '' ? {} : { httpsAgent: new HttpsProxyAgent(https) }),
  };
}
