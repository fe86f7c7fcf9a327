import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { policyDocument, type Statement } from '@loadlab/foundation/stack';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { ownKey, physicalName, protections } from '../stack-facts';

/** Settings of a bucket. */
export interface PrivateBucketProps {
  /** Last part of its name's beginning; S3 wants names that the whole world has not taken, so the end is random. */
  readonly name: string;
  /** Objects are removed after this many days. */
  readonly expireAfterDays: number;
  /**
   * Encrypt with the environment's own key, if it has one; whoever writes needs the key as well.
   * @default - false: S3's key, the only one that a load balancer can write under
   */
  readonly underOwnKey?: boolean;
  /** Further statements of its policy; `arn` is the bucket's. @default - none */
  readonly statements?: (arn: string) => readonly Statement[];
}

/** S3's limit for a prefix, less the dash. */
const MAX_PREFIX = 36;
const FORGIVE_DAYS = 7;

/** A bucket for the account alone: encrypted, TLS only, nothing public, old things removed. */
export class PrivateBucket extends Construct {
  readonly name: string;
  readonly arn: string;
  /** Whoever lets AWS write here comes after this. */
  readonly policy: ITerraformDependable;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const resource = new S3Bucket(this, 'Resource', {
      bucketPrefix: `${physicalName(this, props.name, MAX_PREFIX)}-`,
      // A lab that is there to be destroyed goes with its results; production's must be emptied by a person.
      forceDestroy: !protections(this).deletionProtection,
    });
    const bucket = resource.bucket;
    new S3BucketOwnershipControls(this, 'ownership', { bucket, rule: { objectOwnership: 'BucketOwnerEnforced' } });
    const closed = new S3BucketPublicAccessBlock(this, 'public-access', {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const key = props.underOwnKey === true ? ownKey(this) : undefined;
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket,
      rule: [
        key === undefined
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }
          : {
              applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key },
              // One call to KMS now and then, instead of one for each object.
              bucketKeyEnabled: true,
            },
      ],
    });
    const versioning = new S3BucketVersioningA(this, 'versioning', {
      bucket,
      versioningConfiguration: { status: 'Enabled' },
    });
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket,
      rule: [
        {
          id: 'expire',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          expiration: [{ days: props.expireAfterDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: FORGIVE_DAYS }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: FORGIVE_DAYS }],
        },
      ],
      dependsOn: [versioning],
    });
    this.policy = new S3BucketPolicy(this, 'policy', {
      bucket,
      policy: policyDocument([tlsOnly(resource.arn), ...(props.statements?.(resource.arn) ?? [])]),
      dependsOn: [closed],
    });
    this.name = bucket;
    this.arn = resource.arn;
  }
}

function tlsOnly(arn: string): Statement {
  return {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}
