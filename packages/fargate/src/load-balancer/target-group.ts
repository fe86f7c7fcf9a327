import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { Construct } from 'constructs';
import type { Network } from '../network/placement';

/** Settings of a target group. */
export interface TargetGroupProps {
  readonly network: Pick<Network, 'vpcId'>;
  /** Its name begins with the first letters of this one. */
  readonly name: string;
  readonly port: number;
  /** Answers 200 while the process lives. */
  readonly healthCheckPath: string;
  /** Seconds that a leaving task may go on with what it has begun. */
  readonly deregistrationDelaySeconds: number;
}

/** AWS allows six characters, the last one our dash. */
const PREFIX_LENGTH = 5;

/** The tasks behind a load balancer. One group serves one load balancer: that is AWS's rule. */
export class TargetGroup extends Construct {
  readonly arn: string;
  /** As CloudWatch names it: `targetgroup/<name>/<id>`. */
  readonly arnSuffix: string;

  constructor(scope: Construct, id: string, props: TargetGroupProps) {
    super(scope, id);
    const group = new LbTargetGroup(this, 'Resource', {
      namePrefix: `${props.name.slice(0, PREFIX_LENGTH)}-`,
      vpcId: props.network.vpcId,
      targetType: 'ip',
      protocol: 'HTTP',
      port: props.port,
      // Model calls last from milliseconds to minutes: in turn would pile them up on whoever got the long ones.
      loadBalancingAlgorithmType: 'least_outstanding_requests',
      deregistrationDelay: String(props.deregistrationDelaySeconds),
      healthCheck: {
        path: props.healthCheckPath,
        matcher: '200',
        interval: 15,
        timeout: 10,
        healthyThreshold: 2,
        // Leniently, 75 s: a busy task that is replaced in the middle of a measurement makes the others busier.
        unhealthyThreshold: 5,
      },
      // A group that a listener uses cannot be deleted: the new one comes first.
      lifecycle: { createBeforeDestroy: true },
    });
    this.arn = group.arn;
    this.arnSuffix = group.arnSuffix;
  }
}
