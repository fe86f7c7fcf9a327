import { AwsError } from '../aws-error';
import { nameFrom, rangeRule, textRule } from '../naming';
import type { ResourceType } from '../resource-type';
import { alreadyExists, checkPolicy, iam, noSuchEntity, policyFindings } from './iam';

/** Letters that IAM allows in names. */
export const IAM_NAME = /^[\w+=,.@-]+$/;

/** A role. Policies that are attached to it, or written into it, must go first. */
export const role: ResourceType = {
  type: 'aws_iam_role',
  label: 'IAM Role',
  api: iam('CreateRole', 'DeleteRole', 'UpdateRole'),
  source: 'internal/service/iam/role.go',
  global: true,
  forceNew: ['name', 'name_prefix', 'path'],
  defaults: { force_detach_policies: false, max_session_duration: 3600, path: '/' },
  onlyInState: ['force_detach_policies'],
  json: ['assume_role_policy'],
  computedBlocks: ['inline_policy'],
  unique: [{ of: (values) => [values.text('name')], taken: (values) => alreadyExists('Role', values.text('name')) }],
  notFound: noSuchEntity('role'),
  inUse: (_role, users) =>
    users.some((user) => user.type === 'aws_iam_role_policy_attachment')
      ? new AwsError('DeleteConflict', 'Cannot delete entity, must detach all policies first.', 409)
      : new AwsError('DeleteConflict', 'Cannot delete entity, must delete policies first.', 409),
  validate: (config) => [
    ...policyFindings(config, 'assume_role_policy'),
    ...rangeRule(config, 'max_session_duration', 3600, 43200),
    ...textRule(config, 'name', /^.{1,64}$/, 'expected length of name to be in the range (1 - 64), got {}'),
    ...textRule(
      config,
      'name_prefix',
      /^.{1,38}$/,
      'expected length of name_prefix to be in the range (1 - 38), got {}',
    ),
    ...textRule(config, 'name', IAM_NAME, 'invalid value for name (must match [\\w+=,.@-])'),
  ],
  create: ({ planned, scene }) => {
    checkPolicy(planned.text('assume_role_policy'), 'trust');
    const { name, computed } = nameFrom(planned, scene);
    return {
      id: name,
      ...computed,
      arn: scene.globalArn('iam', `role${planned.text('path')}${name}`),
      create_date: scene.now.toISOString().replace(/\.\d+Z$/, 'Z'),
      unique_id: `AROA${scene.hex(17).toUpperCase()}`,
    };
  },
  update: ({ planned }) => {
    checkPolicy(planned.text('assume_role_policy'), 'trust');
    return {};
  },
};
