import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error';
import { attributesOf } from '../../protocol/attributes';
import { rangeRule, textRule } from '../naming';
import type { ResourceType } from '../resource-type';

/** A key that encrypts. */
export const kmsKey: ResourceType = {
  type: 'aws_kms_key',
  label: 'KMS Key',
  api: { service: 'KMS', create: 'CreateKey', update: 'PutKeyPolicy', delete: 'ScheduleKeyDeletion' },
  source: 'internal/service/kms/key.go',
  forceNew: ['custom_key_store_id', 'customer_master_key_spec', 'key_usage', 'multi_region', 'xks_key_id'],
  defaults: {
    bypass_policy_lockout_safety_check: false,
    customer_master_key_spec: 'SYMMETRIC_DEFAULT',
    enable_key_rotation: false,
    is_enabled: true,
    key_usage: 'ENCRYPT_DECRYPT',
  },
  onlyInState: ['bypass_policy_lockout_safety_check', 'deletion_window_in_days'],
  json: ['policy'],
  validate: (config) => rangeRule(config, 'deletion_window_in_days', 7, 30),
  create: ({ scene }) => {
    const id = randomUUID();
    const root = scene.globalArn('iam', 'root');
    return {
      id,
      key_id: id,
      arn: scene.arn('kms', `key/${id}`),
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:*', Resource: '*' }],
      }),
    };
  },
};

/** A name for a key. */
export const kmsAlias: ResourceType = {
  type: 'aws_kms_alias',
  label: 'KMS Alias',
  api: { service: 'KMS', create: 'CreateAlias', update: 'UpdateAlias', delete: 'DeleteAlias' },
  source: 'internal/service/kms/alias.go',
  forceNew: ['name', 'name_prefix'],
  references: [{ attribute: 'target_key_id', to: 'aws_kms_key' }],
  unique: [
    {
      of: (values) => [values.text('name')],
      taken: (values) =>
        new AwsError('AlreadyExistsException', `An alias with the name ${values.text('name')} already exists`),
    },
  ],
  validate: (config) =>
    textRule(
      config,
      'name',
      /^alias\/[\w/-]+$/,
      '"name" must begin with \'alias/\' and be comprised of only [0-9A-Za-z_/-]',
    ),
  create: ({ planned, scene }) => {
    const name = planned.text('name') || scene.uniqueName(planned.text('name_prefix') || 'alias/');
    const key = scene.account.find('aws_kms_key', planned.text('target_key_id'));
    return {
      id: name,
      name,
      name_prefix: planned.text('name_prefix'),
      arn: scene.arn('kms', name),
      target_key_arn: key === undefined ? '' : attributesOf(key).text('arn'),
    };
  },
};
