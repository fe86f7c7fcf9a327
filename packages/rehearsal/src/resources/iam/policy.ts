import { AwsError } from '../aws-error';
import { attributesOf } from '../../protocol/attributes';
import { nameFrom, textRule } from '../naming';
import type { ResourceType } from '../resource-type';
import { alreadyExists, checkPolicy, iam, noSuchEntity, policyFindings } from './iam';

/** A managed policy of the account. */
export const policy: ResourceType = {
  type: 'aws_iam_policy',
  label: 'IAM Policy',
  api: iam('CreatePolicy', 'DeletePolicy', 'CreatePolicyVersion'),
  source: 'internal/service/iam/policy.go',
  global: true,
  forceNew: ['name', 'name_prefix', 'path', 'description'],
  defaults: { path: '/' },
  json: ['policy'],
  unique: [
    { of: (values) => [values.text('name')], taken: (values) => alreadyExists('A policy', values.text('name')) },
  ],
  inUse: () => new AwsError('DeleteConflict', 'Cannot delete a policy attached to entities.', 409),
  notFound: (arn) => new AwsError('NoSuchEntity', `Policy ${arn} was not found.`, 404),
  validate: (config) => [
    ...policyFindings(config, 'policy'),
    ...textRule(config, 'name', /^.{1,128}$/, 'expected length of name to be in the range (1 - 128), got {}'),
  ],
  create: ({ planned, scene }) => {
    checkPolicy(planned.text('policy'), 'identity');
    const { name, computed } = nameFrom(planned, scene);
    const arn = scene.globalArn('iam', `policy${planned.text('path')}${name}`);
    return { id: arn, ...computed, arn, policy_id: `ANPA${scene.hex(17).toUpperCase()}` };
  },
  read: (resource, account) => ({
    attachment_count: account
      .ofType('aws_iam_role_policy_attachment')
      .filter((attachment) => attributesOf(attachment).text('policy_arn') === resource.id).length,
  }),
};

/** A policy written into a role. */
export const rolePolicy: ResourceType = {
  type: 'aws_iam_role_policy',
  label: 'IAM Role Policy',
  api: iam('PutRolePolicy', 'DeleteRolePolicy'),
  source: 'internal/service/iam/role_policy.go',
  global: true,
  forceNew: ['name', 'name_prefix', 'role'],
  json: ['policy'],
  references: [{ attribute: 'role', to: 'aws_iam_role', blocks: true, missing: noSuchEntity('role') }],
  validate: (config) => policyFindings(config, 'policy'),
  create: ({ planned, scene }) => {
    checkPolicy(planned.text('policy'), 'identity');
    const { name, computed } = nameFrom(planned, scene);
    return { id: `${planned.text('role')}:${name}`, ...computed };
  },
  update: ({ planned }) => {
    checkPolicy(planned.text('policy'), 'identity');
    return {};
  },
};

/** A managed policy at a role; AWS's own policies are always there. */
export const rolePolicyAttachment: ResourceType = {
  type: 'aws_iam_role_policy_attachment',
  label: 'IAM Role Policy Attachment',
  api: iam('AttachRolePolicy', 'DetachRolePolicy'),
  source: 'internal/service/iam/role_policy_attachment.go',
  global: true,
  forceNew: ['role', 'policy_arn'],
  references: [
    { attribute: 'role', to: 'aws_iam_role', blocks: true },
    { attribute: 'policy_arn', to: 'aws_iam_policy', blocks: true, optional: true },
  ],
  validate: (config) =>
    textRule(
      config,
      'policy_arn',
      /^arn:aws[\w-]*:iam::(\d{12}|aws):policy\/.+/,
      '"policy_arn" ({}) is an invalid ARN',
    ),
  create: ({ planned, scene }) => {
    const arn = planned.text('policy_arn');
    if (!arn.includes('::aws:policy/') && scene.account.find('aws_iam_policy', arn) === undefined)
      throw new AwsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`, 404);
    return { id: `${planned.text('role')}/${arn}` };
  },
};

/** A role for machines; not needed on Fargate, but stacks for EC2 have it. */
export const instanceProfile: ResourceType = {
  type: 'aws_iam_instance_profile',
  label: 'IAM Instance Profile',
  api: iam('CreateInstanceProfile', 'DeleteInstanceProfile'),
  source: 'internal/service/iam/instance_profile.go',
  global: true,
  forceNew: ['name', 'name_prefix', 'path'],
  defaults: { path: '/' },
  references: [{ attribute: 'role', to: 'aws_iam_role', blocks: true }],
  create: ({ planned, scene }) => {
    const { name, computed } = nameFrom(planned, scene);
    return {
      id: name,
      ...computed,
      arn: scene.globalArn('iam', `instance-profile${planned.text('path')}${name}`),
      create_date: scene.now.toISOString(),
      unique_id: `AIPA${scene.hex(17).toUpperCase()}`,
    };
  },
};
