import { BatchComputeEnvironment } from '@cdktf/provider-aws/lib/batch-compute-environment';
import { BatchJobQueue } from '@cdktf/provider-aws/lib/batch-job-queue';
import { physicalName, privateSubnets, type Network, type SecurityGroup } from '@loadlab/fargate';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';

/** Settings of the queue. */
export interface JobQueueProps {
  readonly network: Network;
  readonly securityGroup: SecurityGroup;
  /** At a time, over all jobs. */
  readonly maxVcpus: number;
  /** Whether on spare capacity: a third of the price, and ended with two minutes' notice when AWS wants it back. */
  readonly spot: boolean;
  /** What must be there as long as a job can run. */
  readonly after: readonly ITerraformDependable[];
}

/** A job that has not found a place by then will not: a quota, or a size that does not fit. */
const PLACED_WITHIN_SECONDS = 900;

/** Where runs wait for a place on Fargate. Costs nothing while empty. */
export class JobQueue extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: JobQueueProps) {
    super(scope, id);
    const places = new BatchComputeEnvironment(this, 'places', {
      // A queue cannot lose its only compute environment: a changed one is made before the old one goes.
      namePrefix: `${physicalName(this, 'generators', 90)}-`,
      lifecycle: { createBeforeDestroy: true },
      type: 'MANAGED',
      // No service role: Batch's service-linked one cannot be deleted too early, which would leave this one undeletable.
      computeResources: {
        type: props.spot ? 'FARGATE_SPOT' : 'FARGATE',
        maxVcpus: props.maxVcpus,
        subnets: privateSubnets(this, props.network),
        securityGroupIds: [props.securityGroup.securityGroupId],
      },
    });
    const queue = new BatchJobQueue(this, 'Resource', {
      name: physicalName(this, 'generators', 128),
      state: 'ENABLED',
      priority: 1,
      // Not the compute environment: all that it depends on would be made anew before the old goes, fixed names or not.
      dependsOn: [...props.after],
      computeEnvironmentOrder: [{ order: 1, computeEnvironment: places.arn }],
      jobStateTimeLimitAction: [
        {
          state: 'RUNNABLE',
          reason: 'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE',
          action: 'CANCEL',
          maxTimeSeconds: PLACED_WITHIN_SECONDS,
        },
      ],
    });
    this.arn = queue.arn;
  }
}
