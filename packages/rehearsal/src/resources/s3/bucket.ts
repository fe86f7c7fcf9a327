import { createHash } from 'node:crypto';
import { AwsError } from '../aws-error';
import type { AccountResource } from '../../account/account-document';
import { nameFrom, textRule } from '../naming';
import type { ResourceType } from '../resource-type';

/** S3's answer to a name that it does not know. */
export function noSuchBucket(): AwsError {
  return new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
}

/** What S3 does with a bucket's settings is said by resources of their own; the old ones inside the bucket are computed. */
const SETTINGS = [
  'cors_rule',
  'grant',
  'lifecycle_rule',
  'logging',
  'object_lock_configuration',
  'replication_configuration',
  'server_side_encryption_configuration',
  'versioning',
  'website',
];

/** A bucket. Its name is unique in the world, and it goes only when it is empty. */
export const bucket: ResourceType = {
  type: 'aws_s3_bucket',
  label: 'S3 Bucket',
  api: { service: 'S3', create: 'CreateBucket', update: 'PutBucketTagging', delete: 'DeleteBucket' },
  source: 'internal/service/s3/bucket.go',
  forceNew: ['bucket', 'bucket_prefix', 'object_lock_enabled'],
  defaults: { force_destroy: false },
  computedBlocks: SETTINGS,
  onlyInState: ['force_destroy'],
  unique: [
    {
      of: (values) => [values.text('bucket')],
      taken: () =>
        new AwsError(
          'BucketAlreadyOwnedByYou',
          'Your previous request to create the named bucket succeeded and you already own it.',
          409,
        ),
    },
  ],
  notFound: noSuchBucket,
  validate: (config) => [
    ...textRule(
      config,
      'bucket',
      /^(?!xn--|sthree-|.*(-s3alias|--ol-s3|\.\.|\.-|-\.))[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      'invalid value for bucket (only lowercase alphanumeric characters, periods and hyphens allowed, 3 to 63 of them): {}',
    ),
    ...textRule(config, 'bucket', /^(?!\d+\.\d+\.\d+\.\d+$)/, 'bucket must not be formatted as an IP address: {}'),
  ],
  create: ({ planned, scene }) => {
    const { name, computed } = nameFrom(planned, scene, { name: 'bucket', prefix: 'bucket_prefix' });
    const settings = Object.fromEntries(SETTINGS.map((setting) => [setting, []]));
    return {
      id: name,
      ...computed,
      ...settings,
      arn: `arn:aws:s3:::${name}`,
      bucket_domain_name: `${name}.s3.amazonaws.com`,
      bucket_region: scene.region,
      bucket_regional_domain_name: `${name}.s3.${scene.region}.amazonaws.com`,
      grant: [
        { id: canonicalUser(scene.account.accountId), permissions: ['FULL_CONTROL'], type: 'CanonicalUser', uri: '' },
      ],
      hosted_zone_id: 'Z3AQBSTGFYJSTF',
      request_payer: 'BucketOwner',
      server_side_encryption_configuration: [
        {
          rule: [
            {
              apply_server_side_encryption_by_default: [{ kms_master_key_id: '', sse_algorithm: 'AES256' }],
              bucket_key_enabled: false,
            },
          ],
        },
      ],
      versioning: [{ enabled: false, mfa_delete: false }],
    };
  },
  remove: ({ current, prior, scene }) => {
    if (hasObjects(current) && !prior.flag('force_destroy'))
      throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
    // Settings are parts of it.
    for (const part of scene.account.all())
      if (part.type.startsWith('aws_s3_bucket_') && part.attributes.bucket === current.id) scene.account.remove(part);
  },
};

/** An account has one canonical user, which is as many digits. */
function canonicalUser(accountId: string): string {
  return createHash('sha256').update(accountId).digest('hex');
}

/** Beside what Terraform knows, the account may list a bucket's objects: `"objects": ["results/run-1.json"]`. */
function hasObjects(resource: AccountResource): boolean {
  return Array.isArray(resource.attributes.objects) && resource.attributes.objects.length > 0;
}
