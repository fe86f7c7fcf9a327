import type { Known } from '../../protocol/value';
import { AwsError } from '../aws-error';
import { checkPolicy, policyFindings } from '../iam/iam';
import type { CreateRequest, Reference, ResourceType } from '../resource-type';
import { noSuchBucket } from './bucket';

const toBucket: Reference = { attribute: 'bucket', to: 'aws_s3_bucket', missing: noSuchBucket };

/** One setting of a bucket: there is one of each, and the bucket's name is its id. */
function setting(
  name: string,
  label: string,
  calls: readonly [put: string, remove: string],
  more: Partial<ResourceType> = {},
): ResourceType {
  return {
    type: `aws_s3_bucket_${name}`,
    label,
    api: { service: 'S3', create: calls[0], delete: calls[1] },
    source: `internal/service/s3/bucket_${name}.go`,
    references: [toBucket],
    create: ({ planned }: CreateRequest) => ({ id: planned.text('bucket') }),
    ...more,
    forceNew: ['bucket', ...(more.forceNew ?? [])],
  };
}

export const publicAccessBlock = setting(
  'public_access_block',
  'S3 Bucket Public Access Block',
  ['PutPublicAccessBlock', 'DeletePublicAccessBlock'],
  {
    defaults: {
      block_public_acls: false,
      block_public_policy: false,
      ignore_public_acls: false,
      restrict_public_buckets: false,
      skip_destroy: false,
    },
    onlyInState: ['skip_destroy'],
  },
);

export const versioning = setting(
  'versioning',
  'S3 Bucket Versioning',
  ['PutBucketVersioning', 'PutBucketVersioning'],
  {
    forceNew: ['expected_bucket_owner'],
    allowed: { 'versioning_configuration.status': ['Enabled', 'Suspended', 'Disabled'] },
    onlyInState: ['expected_bucket_owner', 'mfa'],
    plan: ({ prior, planned }) => {
      const status = (values: typeof planned): string => values.block('versioning_configuration')?.text('status') ?? '';
      const wasOn = prior !== undefined && status(prior) !== 'Disabled';
      return wasOn && status(planned) === 'Disabled'
        ? {
            findings: [
              {
                path: 'versioning_configuration',
                summary: `versioning_configuration.status cannot be updated from '${status(prior)}' to 'Disabled'`,
              },
            ],
          }
        : {};
    },
  },
);

export const encryption = setting(
  'server_side_encryption_configuration',
  'S3 Bucket Server-side Encryption Configuration',
  ['PutBucketEncryption', 'DeleteBucketEncryption'],
  {
    forceNew: ['expected_bucket_owner'],
    allowed: { 'rule.apply_server_side_encryption_by_default.sse_algorithm': ['AES256', 'aws:kms', 'aws:kms:dsse'] },
    onlyInState: ['expected_bucket_owner'],
  },
);

export const ownershipControls = setting(
  'ownership_controls',
  'S3 Bucket Ownership Controls',
  ['PutBucketOwnershipControls', 'DeleteBucketOwnershipControls'],
  { allowed: { 'rule.object_ownership': ['BucketOwnerPreferred', 'ObjectWriter', 'BucketOwnerEnforced'] } },
);

export const logging = setting('logging', 'S3 Bucket Logging', ['PutBucketLogging', 'PutBucketLogging'], {
  forceNew: ['expected_bucket_owner'],
  onlyInState: ['expected_bucket_owner'],
  references: [toBucket, { attribute: 'target_bucket', to: 'aws_s3_bucket', missing: noSuchBucket }],
});

export const bucketPolicy = setting('policy', 'S3 Bucket Policy', ['PutBucketPolicy', 'DeleteBucketPolicy'], {
  json: ['policy'],
  validate: (config) => policyFindings(config, 'policy'),
  create: ({ planned }) => {
    checkPolicy(planned.text('policy'), 'resource');
    return { id: planned.text('bucket') };
  },
  update: ({ planned }) => {
    checkPolicy(planned.text('policy'), 'resource');
    return {};
  },
});

/** A framework type: Terraform holds it to its rules to the letter. */
export const lifecycle = setting(
  'lifecycle_configuration',
  'S3 Bucket Lifecycle Configuration',
  ['PutBucketLifecycleConfiguration', 'DeleteBucketLifecycle'],
  {
    framework: true,
    forceNew: ['expected_bucket_owner'],
    allowed: {
      'rule.status': ['Enabled', 'Disabled'],
      transition_default_minimum_object_size: ['all_storage_classes_128K', 'varies_by_storage_class'],
    },
    onlyInState: ['expected_bucket_owner'],
    validate: (config) => {
      const ids = config.blocks('rule').map((rule) => rule.text('id'));
      const twice = ids.find((id, index) => id !== '' && ids.indexOf(id) !== index);
      return twice === undefined
        ? []
        : [{ path: 'rule', summary: `Rule ID must be unique. Found same ID for more than one rule: ${twice}` }];
    },
    create: ({ planned }) => {
      for (const rule of planned.blocks('rule')) {
        const actions = [
          'abort_incomplete_multipart_upload',
          'expiration',
          'noncurrent_version_expiration',
          'noncurrent_version_transition',
          'transition',
        ];
        if (actions.every((action) => rule.blocks(action).length === 0))
          throw new AwsError('InvalidRequest', 'At least one action needs to be specified in a rule');
      }
      return {
        id: planned.text('bucket'),
        expected_bucket_owner: '',
        transition_default_minimum_object_size: 'all_storage_classes_128K',
        rule: planned.blocks('rule').map((rule) => ({ prefix: '', ...filterOf(rule.blocks('filter').length) })),
      };
    },
  },
);

function filterOf(filters: number): Record<string, Known> {
  return filters === 0 ? {} : { filter: [{ prefix: '' }] };
}

export const bucketSettings: readonly ResourceType[] = [
  publicAccessBlock,
  versioning,
  encryption,
  ownershipControls,
  logging,
  bucketPolicy,
  lifecycle,
];
