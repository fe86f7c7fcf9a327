import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { FlowLog } from '@cdktf/provider-aws/lib/flow-log';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { physicalName, protectionsOf } from '@loadlab/foundation';
import { LabStack, policyDocument, serviceTrust } from '@loadlab/foundation/stack';
import { Construct } from 'constructs';
import type { VirtualNetwork } from './virtual-network';

/** Which connections to log. */
export interface FlowLogsProps {
  readonly vpc: VirtualNetwork;
  readonly traffic: 'reject' | 'all';
}

/** Connections in the VPC, in a log group that nobody but the flow log's own role writes to. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const stack = LabStack.of(this);
    const { environment } = stack;
    const logGroup = new CloudwatchLogGroup(this, 'group', {
      name: `/${environment.namespace}/${environment.name}/flow-logs`,
      retentionInDays: protectionsOf(environment).logDays,
      ...(environment.kmsKeyArn === undefined ? {} : { kmsKeyId: environment.kmsKeyArn }),
    });
    const role = new IamRole(this, 'role', {
      name: physicalName(environment, 'flow-logs'),
      description: 'Lets VPC flow logs write to their log group',
      // A flow log has no ARN before it exists, hence the `*`: any flow log of this account and region.
      assumeRolePolicy: serviceTrust('vpc-flow-logs.amazonaws.com', {
        accountId: stack.accountId,
        arn: stack.arn('ec2', 'vpc-flow-log/*'),
      }),
    });
    const policy = new IamRolePolicy(this, 'policy', {
      name: 'write',
      role: role.name,
      policy: policyDocument([
        {
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams'],
          // `:*` are the group's streams, which the service names itself.
          Resource: [logGroup.arn, `${logGroup.arn}:*`],
        },
      ]),
    });
    new FlowLog(this, 'Resource', {
      vpcId: props.vpc.id,
      trafficType: props.traffic.toUpperCase(),
      logDestinationType: 'cloud-watch-logs',
      logDestination: logGroup.arn,
      iamRoleArn: role.arn,
      tags: { Name: physicalName(environment, 'flow-logs') },
      dependsOn: [policy],
    });
  }
}
