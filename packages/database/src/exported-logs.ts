import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { protectionsOf } from '@loadlab/foundation';
import { LabStack } from '@loadlab/foundation/stack';
import { Construct } from 'constructs';
import { serverIdentifier } from './identifier';

/** The logs that RDS exports, in groups made beforehand: those that RDS makes itself are kept for ever. */
export class ExportedLogs extends Construct {
  readonly types = ['postgresql', 'upgrade'] as const;
  readonly groups: readonly CloudwatchLogGroup[];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { environment } = LabStack.of(this);
    this.groups = this.types.map(
      (type) =>
        new CloudwatchLogGroup(this, type, {
          name: `/aws/rds/instance/${serverIdentifier(this)}/${type}`,
          retentionInDays: protectionsOf(environment).logDays,
          ...(environment.kmsKeyArn === undefined ? {} : { kmsKeyId: environment.kmsKeyArn }),
        }),
    );
  }
}
