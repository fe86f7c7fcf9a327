import { AwsError } from '../aws-error';
import { jsonRule } from '../naming';
import type { ResourceType } from '../resource-type';

/** An alarm; it is stored, and never rings. */
export const metricAlarm: ResourceType = {
  type: 'aws_cloudwatch_metric_alarm',
  label: 'CloudWatch Metric Alarm',
  api: { service: 'CloudWatch', create: 'PutMetricAlarm', delete: 'DeleteAlarms' },
  source: 'internal/service/cloudwatch/metric_alarm.go',
  forceNew: ['alarm_name'],
  defaults: { actions_enabled: true, treat_missing_data: 'missing' },
  allowed: {
    comparison_operator: [
      'GreaterThanOrEqualToThreshold',
      'GreaterThanThreshold',
      'LessThanThreshold',
      'LessThanOrEqualToThreshold',
      'LessThanLowerOrGreaterThanUpperThreshold',
      'LessThanLowerThreshold',
      'GreaterThanUpperThreshold',
    ],
    statistic: ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'],
    treat_missing_data: ['breaching', 'notBreaching', 'ignore', 'missing'],
  },
  validate: (config) => {
    const hasMetric = config.values.metric_name !== null || config.blocks('metric_query').length > 0;
    return hasMetric
      ? []
      : [
          {
            path: 'metric_name',
            summary: 'One of `statistic` or `extended_statistic` must be set for a cloudwatch metric alarm',
          },
        ];
  },
  create: ({ planned, scene }) => ({
    id: planned.text('alarm_name'),
    arn: scene.arn('cloudwatch', `alarm:${planned.text('alarm_name')}`),
  }),
};

/** A page of graphs. */
export const dashboard: ResourceType = {
  type: 'aws_cloudwatch_dashboard',
  label: 'CloudWatch Dashboard',
  api: { service: 'CloudWatch', create: 'PutDashboard', delete: 'DeleteDashboards' },
  source: 'internal/service/cloudwatch/dashboard.go',
  forceNew: ['dashboard_name'],
  json: ['dashboard_body'],
  validate: (config) => jsonRule(config, 'dashboard_body'),
  create: ({ planned, scene }) => ({
    id: planned.text('dashboard_name'),
    dashboard_arn: scene.globalArn('cloudwatch', `dashboard/${planned.text('dashboard_name')}`),
  }),
};

/** A topic, for alarms to tell somebody. */
export const snsTopic: ResourceType = {
  type: 'aws_sns_topic',
  label: 'SNS Topic',
  api: { service: 'SNS', create: 'CreateTopic', update: 'SetTopicAttributes', delete: 'DeleteTopic' },
  source: 'internal/service/sns/topic.go',
  forceNew: ['name', 'name_prefix', 'fifo_topic'],
  defaults: { content_based_deduplication: false, fifo_topic: false },
  json: ['policy'],
  create: ({ planned, scene }) => {
    const name = planned.text('name') || scene.uniqueName(planned.text('name_prefix') || 'terraform-');
    const arn = scene.arn('sns', name);
    const policy = {
      Version: '2008-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: scene.globalArn('iam', 'root') }, Action: 'SNS:*', Resource: arn },
      ],
    };
    return {
      id: arn,
      arn,
      name,
      name_prefix: planned.text('name_prefix'),
      owner: scene.account.accountId,
      policy: JSON.stringify(policy),
    };
  },
};

/** A parameter of Systems Manager. */
export const ssmParameter: ResourceType = {
  type: 'aws_ssm_parameter',
  label: 'SSM Parameter',
  api: { service: 'SSM', create: 'PutParameter', delete: 'DeleteParameter' },
  source: 'internal/service/ssm/parameter.go',
  corrections: { sensitive: ['value'], writeOnly: ['value_wo'] },
  forceNew: ['name', 'data_type'],
  allowed: { type: ['String', 'StringList', 'SecureString'], tier: ['Standard', 'Advanced', 'Intelligent-Tiering'] },
  onlyInState: ['overwrite', 'value_wo_version', 'has_value_wo'],
  unique: [
    {
      of: (values) => [values.text('name')],
      taken: () =>
        new AwsError(
          'ParameterAlreadyExists',
          'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
        ),
    },
  ],
  plan: ({ changed }) => (changed.has('value') || changed.has('insecure_value') ? { unknown: ['version'] } : {}),
  create: ({ planned, config, scene }) => {
    const name = planned.text('name');
    const plain = planned.text('value') || planned.text('insecure_value');
    return {
      id: name,
      arn: scene.arn('ssm', `parameter${name.startsWith('/') ? '' : '/'}${name}`),
      data_type: 'text',
      has_value_wo: config.text('value_wo') !== '',
      insecure_value: planned.text('type') === 'SecureString' ? '' : plain,
      tier: 'Standard',
      value: plain,
      version: 1,
    };
  },
  update: ({ current }) => ({ version: Number(current.attributes.version ?? 0) + 1 }),
};
