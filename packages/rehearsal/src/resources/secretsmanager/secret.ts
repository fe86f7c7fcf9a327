import { AwsError } from '../aws-error';
import { attributesOf } from '../../protocol/attributes';
import { nameFrom, textRule } from '../naming';
import type { ResourceType } from '../resource-type';
import { policyFindings } from '../iam/iam';

/** What is left of a deleted secret until its recovery window is over: its name stays taken. */
const PENDING_DELETION = 'aws_secretsmanager_secret_pending_deletion';

/** A secret: a name and who may read it. Its values are its versions. */
export const secret: ResourceType = {
  type: 'aws_secretsmanager_secret',
  label: 'Secrets Manager Secret',
  api: { service: 'Secrets Manager', create: 'CreateSecret', update: 'UpdateSecret', delete: 'DeleteSecret' },
  source: 'internal/service/secretsmanager/secret.go',
  forceNew: ['name', 'name_prefix'],
  defaults: { force_overwrite_replica_secret: false, recovery_window_in_days: 30 },
  onlyInState: ['force_overwrite_replica_secret', 'recovery_window_in_days'],
  json: ['policy'],
  unique: [
    {
      of: (values) => [values.text('name')],
      taken: (values) =>
        new AwsError(
          'ResourceExistsException',
          `The operation failed because the secret ${values.text('name')} already exists.`,
        ),
    },
  ],
  notFound: () => new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret."),
  validate: (config) => [
    ...policyFindings(config, 'policy'),
    ...textRule(
      config,
      'name',
      /^[\w/+=.@-]{1,512}$/,
      'invalid value for name (can only contain alphanumeric characters and the characters /_+=.@-): {}',
    ),
    ...(config.has('recovery_window_in_days') && !isRecoveryWindow(config.number('recovery_window_in_days') ?? -1)
      ? [
          {
            path: 'recovery_window_in_days',
            summary: 'expected recovery_window_in_days to be 0 or in the range (7 - 30)',
          },
        ]
      : []),
  ],
  create: ({ planned, scene }) => {
    const { name, computed } = nameFrom(planned, scene);
    if (scene.account.get(PENDING_DELETION, name, scene.region) !== undefined)
      throw new AwsError(
        'InvalidRequestException',
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      );
    const arn = scene.arn('secretsmanager', `secret:${name}-${scene.hex(6)}`);
    return { id: arn, ...computed, arn };
  },
  remove: ({ current, prior, scene }) => {
    for (const version of scene.account.ofType('aws_secretsmanager_secret_version'))
      if (attributesOf(version).text('secret_id') === current.id) scene.account.remove(version);
    const days = prior.number('recovery_window_in_days') ?? 30;
    if (days === 0) return;
    const name = attributesOf(current).text('name');
    const deletionDate = new Date(scene.now.getTime() + days * 86_400_000).toISOString();
    scene.account.put({
      type: PENDING_DELETION,
      id: name,
      region: scene.region,
      attributes: { deletion_date: deletionDate },
    });
  },
  cleanUp: ({ id }, world) => world.secrets.forget(`${id}|`),
};

function isRecoveryWindow(days: number): boolean {
  return days === 0 || (days >= 7 && days <= 30);
}
