import {
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { Environment } from '@loadlab/foundation';
import type { StateStore } from './account';
import { stateAccess } from './aws-access';

/** The bucket of an environment's states over AWS's SDK. */
export function sdkStateStore({
  bucket: Bucket,
  endpoint,
  usePathStyle,
  ...place
}: NonNullable<Environment['backend']['s3']>): StateStore {
  const client = new S3Client({
    ...stateAccess(place),
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 3000, requestTimeout: 10_000 },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(usePathStyle === undefined ? {} : { forcePathStyle: usePathStyle }),
  });
  return {
    async bucket() {
      try {
        const { BucketRegion: region } = await client.send(new HeadBucketCommand({ Bucket }));
        const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket }));
        return { region, versioned: Status === 'Enabled' };
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw error;
      }
    },
    async writeFirst(Key) {
      try {
        await client.send(new PutObjectCommand({ Bucket, Key, Body: 'a probe of loadlab doctor', IfNoneMatch: '*' }));
        return true;
      } catch (error) {
        if (statusOf(error) === 412) return false;
        throw error;
      }
    },
    async remove(Key) {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
    },
  };
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}
