import { randomInt } from 'node:crypto';
import { AwsError } from '../aws-error';
import { attributesOf, type Attributes } from '../../protocol/attributes';
import type { EphemeralResource } from '../ephemeral-resource';
import type { Attribute, Schema } from '../../schemas/schema';
import { findVersion } from './secret-version';

const LOWERCASE = 'abcdefghijklmnopqrstuvwxyz';
const UPPERCASE = LOWERCASE.toUpperCase();
const DIGITS = '0123456789';
/** @source https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html */
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
const DEFAULT_LENGTH = 32;

/**
 * A password that Secrets Manager makes up: from cryptographic chance here as there.
 * @source https://registry.terraform.io/providers/hashicorp/aws/6.25.0/docs/ephemeral-resources/secretsmanager_random_password
 */
export const randomPassword: EphemeralResource = {
  type: 'aws_secretsmanager_random_password',
  label: 'Secrets Manager Random Password',
  schema: schemaOf({
    exclude_characters: { type: 'string', optional: true },
    exclude_lowercase: { type: 'bool', optional: true },
    exclude_numbers: { type: 'bool', optional: true },
    exclude_punctuation: { type: 'bool', optional: true },
    exclude_uppercase: { type: 'bool', optional: true },
    include_space: { type: 'bool', optional: true },
    password_length: { type: 'number', optional: true },
    random_password: { type: 'string', computed: true, sensitive: true },
    region: { type: 'string', optional: true, computed: true },
    require_each_included_type: { type: 'bool', optional: true },
  }),
  open: (config) => ({ random_password: makePassword(config) }),
};

/**
 * The value of a secret, for the length of one run.
 * @source https://registry.terraform.io/providers/hashicorp/aws/6.25.0/docs/ephemeral-resources/secretsmanager_secret_version
 */
export const ephemeralSecretVersion: EphemeralResource = {
  type: 'aws_secretsmanager_secret_version',
  label: 'Secrets Manager Secret Version',
  schema: schemaOf({
    arn: { type: 'string', computed: true },
    created_date: { type: 'string', computed: true },
    region: { type: 'string', optional: true, computed: true },
    secret_binary: { type: 'string', computed: true, sensitive: true },
    secret_id: { type: 'string', required: true },
    secret_string: { type: 'string', computed: true, sensitive: true },
    version_id: { type: 'string', optional: true, computed: true },
    version_stage: { type: 'string', optional: true, computed: true },
    version_stages: { type: ['list', 'string'], computed: true },
  }),
  open: (config, world) => {
    const stage = config.text('version_stage') || 'AWSCURRENT';
    const versionId = config.text('version_id');
    const version = findVersion(world.account.read(), config.text('secret_id'), { stage, versionId });
    const value = version === undefined ? undefined : world.secrets.get(version.id);
    if (version === undefined || value === undefined)
      throw new AwsError(
        'ResourceNotFoundException',
        `Secrets Manager can't find the specified secret value for staging label: ${stage}`,
      );
    const attributes = attributesOf(version);
    return {
      arn: attributes.text('secret_id'),
      secret_string: value,
      version_id: attributes.text('version_id'),
      version_stage: stage,
      version_stages: attributes.texts('version_stages'),
    };
  },
};

function makePassword(config: Attributes): string {
  const excluded = config.text('exclude_characters');
  const groups = [
    config.flag('exclude_lowercase') ? '' : LOWERCASE,
    config.flag('exclude_uppercase') ? '' : UPPERCASE,
    config.flag('exclude_numbers') ? '' : DIGITS,
    config.flag('exclude_punctuation') ? '' : PUNCTUATION,
    config.flag('include_space') ? ' ' : '',
  ]
    .map((group) => Array.from(group).filter((letter) => !excluded.includes(letter)))
    .filter((group) => group.length > 0);
  const length = config.number('password_length') ?? DEFAULT_LENGTH;
  const everyGroup = config.values.require_each_included_type !== false;
  if (groups.length === 0 || (everyGroup && length < groups.length))
    throw new AwsError(
      'InvalidParameterException',
      'The password length is too short, or every character is excluded.',
    );
  const letters = groups.flat();
  for (;;) {
    const password = Array.from({ length }, () => letters[randomInt(letters.length)] ?? '');
    if (!everyGroup || groups.every((group) => password.some((letter) => group.includes(letter))))
      return password.join('');
  }
}

function schemaOf(attributes: Record<string, Attribute>): Schema {
  return { version: 0, block: { attributes, blocks: {} } };
}
