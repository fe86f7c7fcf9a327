import { AwsError } from '../aws-error';
import { nameFrom, textRule } from '../naming';
import type { ResourceType } from '../resource-type';

/** Days that CloudWatch Logs allows. @source https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Where logs go. */
export const logGroup: ResourceType = {
  type: 'aws_cloudwatch_log_group',
  label: 'CloudWatch Logs Log Group',
  api: {
    service: 'CloudWatch Logs',
    create: 'CreateLogGroup',
    update: 'PutRetentionPolicy',
    delete: 'DeleteLogGroup',
  },
  source: 'internal/service/logs/group.go',
  forceNew: ['name', 'name_prefix', 'log_group_class'],
  defaults: { retention_in_days: 0, skip_destroy: false },
  allowed: { log_group_class: ['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'] },
  onlyInState: ['skip_destroy'],
  unique: [
    {
      of: (values) => [values.text('name')],
      taken: () => new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists'),
    },
  ],
  notFound: () => new AwsError('ResourceNotFoundException', 'The specified log group does not exist.'),
  validate: (config) => [
    ...textRule(
      config,
      'name',
      /^[\w./#-]{1,512}$/,
      '"name" isn\'t a valid log group name (alphanumeric characters, underscores, hyphens, slashes, hash signs and dots are allowed): "{}"',
    ),
    ...(config.has('retention_in_days') && !RETENTION_DAYS.includes(config.number('retention_in_days') ?? -1)
      ? [
          {
            path: 'retention_in_days',
            summary: `expected retention_in_days to be one of [${RETENTION_DAYS.join(' ')}], got ${config.number('retention_in_days') ?? ''}`,
          },
        ]
      : []),
  ],
  create: ({ planned, scene }) => {
    const { name, computed } = nameFrom(planned, scene);
    return { id: name, ...computed, arn: scene.arn('logs', `log-group:${name}`), log_group_class: 'STANDARD' };
  },
};
