import { PLAN_TAG } from '@loadlab/foundation';
import {
  synthesize,
  testEnvironment,
  widelyGranted,
  type EnvironmentInput,
  type SynthesizedStack,
} from '@loadlab/foundation/testing';
import { StateBackendStack } from './stack';

type S3 = NonNullable<EnvironmentInput['backend']['s3']>;
const BUCKET = 'lab-states-123456789012';

function stateBackend(s3: Partial<S3> = {}, sections: Partial<EnvironmentInput> = {}): SynthesizedStack {
  const backend = { s3: { bucket: BUCKET, region: 'us-east-1', ...s3 } };
  const { 'state-backend-test': stack } = synthesize(
    (app) => new StateBackendStack(app, testEnvironment({ ...sections, backend })),
  );
  if (stack === undefined) throw new Error('no state backend');
  return stack;
}

const minimal = stateBackend();
const maximal = stateBackend(
  { region: 'eu-west-1', kmsKeyId: 'alias/states' },
  { accountId: '123456789012', owner: 'me', tags: { team: 'speed' }, expiresAt: '2026-11-24T18:00:00Z' },
);

describe('the bucket for states, synthesized', () => {
  it.each([
    ['at its smallest', minimal],
    ['at its largest', maximal],
  ])('%s', (_what, stack) => {
    expect(stack.snapshot).toMatchSnapshot();
  });

  it('keeps its address', () => {
    expect(minimal.addresses).toContain('aws_s3_bucket.states');
  });

  it('is there only where the states are in S3', () => {
    const environment = testEnvironment({ backend: { pg: {} } });
    expect(StateBackendStack.isWanted(environment)).toBe(false);
    expect(() => synthesize((app) => new StateBackendStack(app, environment))).toThrow('keeps its states elsewhere');
  });

  it('holds its own state, under the same keys as all others', () => {
    expect(minimal.json.terraform).toMatchObject({
      backend: { s3: { bucket: BUCKET, key: 'loadlab/test/state-backend.tfstate', use_lockfile: true, encrypt: true } },
    });
    expect(minimal.outputs).toEqual({ bucket: '${aws_s3_bucket.states.bucket}' });
  });

  it('is in the region of the states, which may be another than the environment’s', () => {
    expect(maximal.json.provider).toMatchObject({ aws: [{ region: 'eu-west-1' }] });
  });
});

describe('the bucket for states', () => {
  it('is taken away by no plan, and deleted by nobody', () => {
    expect(minimal.resource('aws_s3_bucket')).toMatchObject({ bucket: BUCKET, lifecycle: { prevent_destroy: true } });
    expect(minimal.resource('aws_s3_bucket')).not.toHaveProperty('force_destroy');
  });

  it('keeps every version, and forgets the old ones after 90 days but for the last 10', () => {
    expect(minimal.resource('aws_s3_bucket_versioning')).toMatchObject({
      versioning_configuration: { status: 'Enabled' },
    });
    expect(minimal.resource('aws_s3_bucket_lifecycle_configuration')).toMatchObject({
      rule: [
        {
          status: 'Enabled',
          noncurrent_version_expiration: [{ noncurrent_days: 90, newer_noncurrent_versions: 10 }],
          expiration: [{ expired_object_delete_marker: true }],
          abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
        },
        // Kept plans, by the tag that they are written with.
        {
          status: 'Enabled',
          filter: [{ tag: [PLAN_TAG] }],
          expiration: [{ days: 30 }],
          noncurrent_version_expiration: [{ noncurrent_days: 1 }],
        },
      ],
      depends_on: ['aws_s3_bucket_versioning.states_versions'],
    });
  });

  it.each([
    ['by S3 itself', minimal, { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }],
    [
      'by a key of the customer’s, asked for once for many objects',
      maximal,
      {
        apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: 'alias/states' },
        bucket_key_enabled: true,
      },
    ],
  ])('is encrypted: %s', (_what, stack, rule) => {
    expect(stack.resource('aws_s3_bucket_server_side_encryption_configuration').rule).toEqual([rule]);
  });

  it('is private four times over, and belongs to its owner', () => {
    expect(minimal.resource('aws_s3_bucket_public_access_block')).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(minimal.resource('aws_s3_bucket_ownership_controls')).toMatchObject({
      rule: { object_ownership: 'BucketOwnerEnforced' },
    });
  });

  it('is reached over TLS only, and allows nobody anything', () => {
    expect(widelyGranted(maximal)).toEqual([]);
    const { Statement: statements } = JSON.parse(String(minimal.resource('aws_s3_bucket_policy').policy)) as {
      Statement: Record<string, unknown>[];
    };
    expect(statements).toEqual([
      {
        Sid: 'OnlyOverTls',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: ['${aws_s3_bucket.states.arn}', '${aws_s3_bucket.states.arn}/*'],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        Sid: 'NotByMistake',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:DeleteBucket',
        Resource: '${aws_s3_bucket.states.arn}',
      },
    ]);
  });
});
