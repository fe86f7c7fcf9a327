import { randomUUID } from 'node:crypto';
import type { AccountView } from '../../account/account-view';
import type { AccountResource } from '../../account/account-document';
import { AwsError } from '../aws-error';
import { attributesOf } from '../../protocol/attributes';
import type { ResourceType } from '../resource-type';
import type { Scene } from '../scene';

const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

/** A value of a secret. The value itself never comes near the account: it is kept apart, for its owner only. */
export const secretVersion: ResourceType = {
  type: 'aws_secretsmanager_secret_version',
  label: 'Secrets Manager Secret Version',
  api: {
    service: 'Secrets Manager',
    create: 'PutSecretValue',
    update: 'UpdateSecretVersionStage',
    delete: 'UpdateSecretVersionStage',
  },
  source: 'internal/service/secretsmanager/secret_version.go',
  corrections: { sensitive: ['secret_string', 'secret_binary'], writeOnly: ['secret_string_wo'] },
  forceNew: ['secret_id', 'secret_string', 'secret_binary', 'secret_string_wo_version'],
  onlyInState: ['secret_string', 'secret_binary', 'secret_string_wo_version', 'has_secret_string_wo'],
  references: [{ attribute: 'secret_id', to: 'aws_secretsmanager_secret' }],
  validate: (config) => {
    const given = ['secret_string', 'secret_binary', 'secret_string_wo'].filter((name) => config.isSet(name));
    return given.length > 1
      ? [
          {
            path: given[0] ?? '',
            summary: 'Conflicting configuration arguments',
            detail: `only one of ${given.join(', ')} can be given`,
          },
        ]
      : [];
  },
  prepare: async ({ prior, config, planned, world }) => {
    if (prior !== undefined) return {};
    const value = config.text('secret_string_wo') || config.text('secret_string') || config.text('secret_binary');
    const secretId = planned.text('secret_id');
    if (value === '' || world.account.read().find('aws_secretsmanager_secret', secretId) === undefined) return {};
    const versionId = randomUUID();
    await world.secrets.set(secretVersionId(secretId, versionId), value);
    return { versionId };
  },
  create: ({ planned, config, prepared, scene }) => {
    const versionId = prepared.text('versionId');
    if (versionId === '')
      throw new AwsError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
    const secretId = planned.text('secret_id');
    moveStages(scene, secretId);
    return {
      id: secretVersionId(secretId, versionId),
      arn: secretId,
      has_secret_string_wo: config.text('secret_string_wo') !== '',
      version_id: versionId,
      version_stages: [CURRENT],
    };
  },
  // The current version cannot be taken away from its secret: Terraform lets go of it, and it goes with the secret.
  keepOnDelete: () => true,
};

/** The version of a secret (by id, ARN or name) that has a stage. */
export function findVersion(
  account: AccountView,
  secretId: string,
  { stage = CURRENT, versionId = '' }: { readonly stage?: string; readonly versionId?: string },
): AccountResource | undefined {
  const owner = account.find('aws_secretsmanager_secret', secretId);
  return account
    .ofType('aws_secretsmanager_secret_version')
    .find(
      (version) =>
        attributesOf(version).text('secret_id') === owner?.id &&
        (versionId === '' || attributesOf(version).text('version_id') === versionId) &&
        (versionId !== '' || attributesOf(version).texts('version_stages').includes(stage)),
    );
}

/** The new version becomes the current one, the current one the previous, and the previous one is forgotten. */
function moveStages(scene: Scene, secretId: string): void {
  for (const version of scene.account.ofType('aws_secretsmanager_secret_version')) {
    const attributes = attributesOf(version);
    if (attributes.text('secret_id') !== secretId) continue;
    if (attributes.texts('version_stages').includes(CURRENT))
      scene.account.put({ ...version, attributes: { ...version.attributes, version_stages: [PREVIOUS] } });
    else scene.account.remove(version);
  }
}

function secretVersionId(secretId: string, versionId: string): string {
  return `${secretId}|${versionId}`;
}
