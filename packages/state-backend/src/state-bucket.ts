import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { PLAN_TAG } from '@loadlab/foundation';
import { policyDocument } from '@loadlab/foundation/stack';
import { Construct } from 'constructs';

/** How long an overwritten state can be had back, and how many of them stay for ever. */
const OLD_VERSION_DAYS = 90;
const OLD_VERSIONS_KEPT = 10;
/** Plans expire after a day; the rest is for those who look back. */
const PLAN_DAYS = 30;

/** Settings of the bucket. */
export interface StateBucketProps {
  readonly name: string;
  /** KMS key of the states. @default - S3's own encryption */
  readonly kmsKeyId?: string | undefined;
}

/** A bucket for states: every version kept for a while, encrypted, reached over TLS only, and not to be deleted by mistake. */
export class StateBucket extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: StateBucketProps) {
    super(scope, id);
    const bucket = new S3Bucket(this, 'Resource', {
      bucket: props.name,
      // It holds what Terraform knows of every environment: no plan may take it away.
      lifecycle: { preventDestroy: true },
    });
    this.name = bucket.bucket;

    const versioning = new S3BucketVersioningA(this, 'versions', {
      bucket: bucket.id,
      versioningConfiguration: { status: 'Enabled' },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket: bucket.id,
      rule: [
        props.kmsKeyId === undefined
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }
          : {
              applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: props.kmsKeyId },
              // One call to KMS for many objects.
              bucketKeyEnabled: true,
            },
      ],
    });
    const privacy = new S3BucketPublicAccessBlock(this, 'privacy', {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, 'ownership', {
      bucket: bucket.id,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    });
    new S3BucketLifecycleConfiguration(this, 'old-versions', {
      bucket: bucket.id,
      rule: [
        {
          id: 'old-versions',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          noncurrentVersionExpiration: [
            { noncurrentDays: OLD_VERSION_DAYS, newerNoncurrentVersions: OLD_VERSIONS_KEPT },
          ],
          // Each lock that was given back leaves a marker behind.
          expiration: [{ expiredObjectDeleteMarker: true }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
        {
          id: 'plans',
          status: 'Enabled',
          // By a tag: each environment has its own folder of plans, and one bucket may serve many.
          filter: [{ tag: [{ ...PLAN_TAG }] }],
          expiration: [{ days: PLAN_DAYS }],
          noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
        },
      ],
      // S3 takes rules about old versions only once there can be some.
      dependsOn: [versioning],
    });
    new S3BucketPolicy(this, 'policy', {
      bucket: bucket.id,
      policy: policyDocument([
        {
          Sid: 'OnlyOverTls',
          Effect: 'Deny',
          // A refusal concerns everybody, and everything that can be done in clear.
          Principal: '*',
          Action: 's3:*',
          Resource: [bucket.arn, `${bucket.arn}/*`],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
        { Sid: 'NotByMistake', Effect: 'Deny', Principal: '*', Action: 's3:DeleteBucket', Resource: bucket.arn },
      ]),
      // S3 refuses two changes of a bucket's access at the same time.
      dependsOn: [privacy],
    });
  }
}
