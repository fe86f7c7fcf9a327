import { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster';
import { Construct } from 'constructs';
import { physicalName } from '../stack-facts';

/** Settings of a cluster. */
export interface ClusterProps {
  /** What CloudWatch Container Insights watches: per service, also per task, or nothing. @default - 'enabled' */
  readonly containerInsights?: 'enabled' | 'enhanced' | 'disabled';
}

/** A place for tasks on Fargate: costs nothing, separates permissions and metrics. */
export class Cluster extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: ClusterProps = {}) {
    super(scope, id);
    const cluster = new EcsCluster(this, 'Resource', {
      name: physicalName(this, ''),
      setting: [{ name: 'containerInsights', value: props.containerInsights ?? 'enabled' }],
    });
    this.name = cluster.name;
    this.arn = cluster.arn;
  }
}
