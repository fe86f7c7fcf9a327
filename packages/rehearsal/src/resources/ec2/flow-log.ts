import { AwsError } from '../aws-error';
import type { ResourceType } from '../resource-type';
import { toRole } from '../reference-to';
import { ec2 } from './ec2';

/** A record of who talks to whom in a VPC or a subnet. Everything but its tags is fixed. */
export const flowLog: ResourceType = {
  type: 'aws_flow_log',
  label: 'EC2 Flow Log',
  api: ec2('CreateFlowLogs', 'DeleteFlowLogs'),
  source: 'internal/service/ec2/vpc_flow_log.go',
  forceNew: [
    'deliver_cross_account_role',
    'destination_options',
    'eni_id',
    'iam_role_arn',
    'log_destination',
    'log_destination_type',
    'log_format',
    'max_aggregation_interval',
    'subnet_id',
    'traffic_type',
    'transit_gateway_attachment_id',
    'transit_gateway_id',
    'vpc_id',
  ],
  defaults: { log_destination_type: 'cloud-watch-logs', max_aggregation_interval: 600 },
  allowed: {
    log_destination_type: ['cloud-watch-logs', 's3', 'kinesis-data-firehose'],
    traffic_type: ['ACCEPT', 'REJECT', 'ALL'],
  },
  references: [
    { attribute: 'vpc_id', to: 'aws_vpc' },
    { attribute: 'subnet_id', to: 'aws_subnet' },
    toRole('iam_role_arn', () => new AwsError('InvalidParameter', 'Access error: unable to assume given IAM role')),
  ],
  validate: (config) =>
    config.has('max_aggregation_interval') && ![60, 600].includes(config.number('max_aggregation_interval') ?? 0)
      ? [
          {
            path: 'max_aggregation_interval',
            summary: `expected max_aggregation_interval to be one of [60 600], got ${config.number('max_aggregation_interval') ?? ''}`,
          },
        ]
      : [],
  create: ({ scene }) => {
    const id = scene.id('fl');
    return { id, arn: scene.arn('ec2', `vpc-flow-log/${id}`), log_format: DEFAULT_FORMAT };
  },
};

const DEFAULT_FORMAT =
  '${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ' +
  '${start} ${end} ${action} ${log-status}';
