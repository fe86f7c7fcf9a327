import { AppautoscalingPolicy } from '@cdktf/provider-aws/lib/appautoscaling-policy';
import { AppautoscalingTarget } from '@cdktf/provider-aws/lib/appautoscaling-target';
import { Construct } from 'constructs';
import type { LoadBalancer } from '../load-balancer/load-balancer';

/** How many tasks a service has, by load. */
export interface AutoscalingProps {
  readonly minTasks: number;
  readonly maxTasks: number;
  /** Mean CPU over the tasks, in percent, that is aimed at. @default - CPU does not count */
  readonly targetCpuPercent?: number;
  /** Requests a minute and task that are aimed at; needs a load balancer. @default - requests do not count */
  readonly targetRequestsPerMinute?: number;
}

/** Out at once, in slowly: a task that stops takes its open streams along. */
const SCALE_OUT_SECONDS = 60;
const SCALE_IN_SECONDS = 300;

/** Target tracking on an ECS service. */
export class Autoscaling extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: AutoscalingProps & {
      readonly clusterName: string;
      readonly serviceName: string;
      /** @default - no load balancer */
      readonly loadBalancer?: LoadBalancer;
    },
  ) {
    super(scope, id);
    if (props.minTasks > props.maxTasks) {
      throw new Error(`minTasks ${props.minTasks} is above maxTasks ${props.maxTasks}`);
    }
    const target = new AppautoscalingTarget(this, 'Resource', {
      serviceNamespace: 'ecs',
      scalableDimension: 'ecs:service:DesiredCount',
      resourceId: `service/${props.clusterName}/${props.serviceName}`,
      minCapacity: props.minTasks,
      maxCapacity: props.maxTasks,
    });
    const track = (name: string, metric: string, targetValue: number, resourceLabel?: string): void => {
      new AppautoscalingPolicy(this, name, {
        name: `${props.serviceName}-${name}`,
        policyType: 'TargetTrackingScaling',
        serviceNamespace: target.serviceNamespace,
        scalableDimension: target.scalableDimension,
        resourceId: target.resourceId,
        targetTrackingScalingPolicyConfiguration: {
          predefinedMetricSpecification: {
            predefinedMetricType: metric,
            ...(resourceLabel === undefined ? {} : { resourceLabel }),
          },
          targetValue,
          scaleOutCooldown: SCALE_OUT_SECONDS,
          scaleInCooldown: SCALE_IN_SECONDS,
        },
      });
    };
    if (props.targetCpuPercent !== undefined) track('cpu', 'ECSServiceAverageCPUUtilization', props.targetCpuPercent);
    if (props.targetRequestsPerMinute !== undefined) {
      if (props.loadBalancer === undefined) throw new Error('targetRequestsPerMinute needs a load balancer');
      for (const { node, arnSuffix, targetGroup } of props.loadBalancer.all) {
        const label = `${arnSuffix}/${targetGroup.arnSuffix}`;
        track(`requests-${node.id}`, 'ALBRequestCountPerTarget', props.targetRequestsPerMinute, label);
      }
    }
  }
}
