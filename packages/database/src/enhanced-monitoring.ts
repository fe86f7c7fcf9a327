import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { physicalName } from '@loadlab/foundation';
import { LabStack, partitionOf, serviceTrust } from '@loadlab/foundation/stack';
import { Construct } from 'constructs';
import { serverIdentifier } from './identifier';

/** The server's operating system, measured once a minute: CPU, memory and disk as PostgreSQL's host sees them. */
export class EnhancedMonitoring extends Construct {
  readonly intervalSeconds = 60;
  readonly roleArn: string;
  /** What must be there before RDS tries the role. */
  readonly grant: IamRolePolicyAttachment;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = LabStack.of(this);
    const role = new IamRole(this, 'role', {
      name: physicalName(stack.environment, 'database-monitoring'),
      description: 'Lets RDS write the measurements of one database',
      assumeRolePolicy: serviceTrust('monitoring.rds.amazonaws.com', {
        accountId: stack.accountId,
        arn: stack.arn('rds', `db:${serverIdentifier(this)}`),
      }),
    });
    this.roleArn = role.arn;
    this.grant = new IamRolePolicyAttachment(this, 'grant', {
      role: role.name,
      // AWS's own policy: it alone knows the log group that RDS writes to, RDSOSMetrics.
      policyArn: `arn:${partitionOf(stack.environment.region)}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`,
    });
  }
}
