/** A permission whose resource cannot be named in full. */
export interface AllowedWildcard {
  readonly actions: readonly string[];
  /** The whole of what stands in `Resource`. */
  readonly resource: RegExp;
  /** A key that must be in the statement's condition. @default - none */
  readonly condition?: string;
  readonly reason: string;
  /** Where AWS says so. */
  readonly source: string;
}

const REFERENCE = 'https://docs.aws.amazon.com/service-authorization/latest/reference';
const LOG_GROUP = String.raw`\$\{aws_cloudwatch_log_group\.[\w-]+\.arn\}`;
const ACCOUNT = String.raw`(?:\d{12}|\$\{data\.aws_caller_identity\.account\.account_id\})`;

/** Every `*` in what a policy allows. Whatever is used no more has to go. */
export const allowedWildcards: readonly AllowedWildcard[] = [
  {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams'],
    resource: new RegExp(`^${LOG_GROUP}:\\*$`),
    reason: 'The streams of one log group, whose names only the writer knows',
    source: `${REFERENCE}/list_amazoncloudwatchlogs.html`,
  },
  {
    actions: ['logs:GetLogEvents'],
    resource: new RegExp(`^${LOG_GROUP}:log-stream:\\*$`),
    reason: 'A task writes to a stream with its own id, which it has only once it runs',
    source: `${REFERENCE}/list_amazoncloudwatchlogs.html`,
  },
  {
    actions: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'],
    resource: /^\*$/,
    reason: 'AWS knows no resource for describing',
    source: `${REFERENCE}/list_amazonec2.html`,
  },
  {
    actions: [
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ],
    resource: new RegExp(`^arn:aws:ec2:[a-z0-9-]+:${ACCOUNT}:\\*/\\*$`),
    reason: 'Lambda makes network interfaces with the permissions of the function, which AWS wants to be this wide',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions',
  },
  {
    actions: ['ecs:DescribeTasks', 'ecs:TagResource'],
    resource: new RegExp(`^arn:aws:ecs:[a-z0-9-]+:${ACCOUNT}:task/\\$\\{aws_ecs_cluster\\.cluster\\.name\\}/\\*$`),
    reason: 'Tasks of one cluster, whose ids ECS gives when they start',
    source: `${REFERENCE}/list_amazonelasticcontainerservice.html`,
  },
  {
    actions: ['ecs:ListTasks'],
    resource: /^\*$/,
    condition: 'ecs:cluster',
    reason:
      'Listing is bound to a cluster by its condition; the resource would be a container instance, and Fargate has none',
    source: `${REFERENCE}/list_amazonelasticcontainerservice.html`,
  },
  {
    actions: ['s3:PutObject'],
    resource: /^\$\{aws_s3_bucket\.results\.arn\}\/runs\/\*$/,
    reason: 'A generator writes its records under the id of its job',
    source: `${REFERENCE}/list_amazons3.html`,
  },
  {
    actions: ['s3:PutObject'],
    resource: /^\$\{aws_s3_bucket\.entry_\w+_access-logs_bucket\.arn\}\/.*\*$/,
    reason: 'A load balancer writes its log under names of its own',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html',
  },
];

/** AWS's own policies, whose statements no synthesized file shows, and the one kind of role that gets each. */
export const allowedManagedPolicies: Readonly<Record<string, { readonly reason: string; readonly source: string }>> = {
  'arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole': {
    reason: 'RDS accepts exactly this policy for its monitoring role; it writes to the log group RDSOSMetrics alone',
    source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html',
  },
};
